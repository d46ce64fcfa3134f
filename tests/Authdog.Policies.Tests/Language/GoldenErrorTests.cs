using Authdog.Policies.Catalog;

namespace Authdog.Policies.Tests.Language;

/// <summary>Each folder below Golden holds files with mistakes and, in <c>expected.txt</c>, every error that reading them gives.</summary>
public sealed class GoldenErrorTests
{
    private static readonly string Golden = Path.Combine(Repository.Root, "tests", "Authdog.Policies.Tests", "Golden");

    public static TheoryData<string> Folders => [.. Directory.GetDirectories(Golden).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void ReportsEveryMistakeWithPlaceAndCure_WhenFilesAreWrong(string name)
    {
        var folder = Path.Combine(Golden, name);
        var result = PolicyCatalog.Load(folder, TimeProvider.System);
        result.Snapshot.ShouldBeNull();
        var actual = string.Concat(result.Errors.Select(error => error.ToString().Replace(folder, name, StringComparison.Ordinal) + "\n"));
        var expected = Path.Combine(folder, "expected.txt");
        if (Environment.GetEnvironmentVariable("AUTHDOG_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(expected, actual);
        }

        actual.ShouldBe(File.ReadAllText(expected));
    }

    [Fact]
    public void ReportsMissingFolder_WhenThereIsNone()
    {
        var error = PolicyCatalog.Load(Path.Combine(Golden, "nowhere"), TimeProvider.System).Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe("AG2010");
        error.Cure.ShouldNotBeEmpty();
    }

    [Fact]
    [Trait("Threat", "B18")]
    public void RefusesFile_WhenItIsTooLarge()
    {
        using var folder = new TemporaryFolder();
        folder.Write("big.yaml", "policy: big\n#" + new string('x', 256 * 1024));
        var error = PolicyCatalog.Load(folder.Path, TimeProvider.System).Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe("AG2006");
        error.Line.ShouldBe(0);
    }

    [Fact]
    [Trait("Threat", "B18")]
    public void StopsCounting_WhenMistakesAreTooMany()
    {
        using var folder = new TemporaryFolder();
        folder.Write("many.yaml", string.Concat(Enumerable.Repeat("\tx\n", 5000)));
        var errors = PolicyCatalog.Load(folder.Path, TimeProvider.System).Errors;
        errors.Length.ShouldBe(101);
        errors.ShouldContain(error => error.Code == "AG2012");
    }
}
