using System.Text.RegularExpressions;

namespace Authdog.Conventions.Tests;

/// <summary>The table in SECURITY.md names, for each class of attack, the tests that hold it: exactly those that carry its number.</summary>
public sealed partial class ThreatTableTests
{
    // Rows whose subject exists.
    private static readonly string[] s_inScope = ["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B13", "B17", "B18", "B19", "B20", "I1", "I2", "I4", "I5", "I6", "I7", "I8", "I9", "I12", "I14"];

    private static readonly Dictionary<string, string[]> s_carried =
        (from file in Repository.SourceFiles("tests")
         where !file.Path.EndsWith(nameof(ThreatTableTests) + ".cs", StringComparison.Ordinal)
         from Match trait in Traits().Matches(file.Text)
         group Path.GetFileNameWithoutExtension(file.Path) by trait.Groups[1].Value)
        .ToDictionary(group => group.Key, group => group.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

    public static TheoryData<string> Rows => [.. s_inScope];

    [Theory]
    [MemberData(nameof(Rows))]
    public void RowNamesItsTests(string row)
    {
        var written = Table().Matches(File.ReadAllText(Path.Combine(Repository.Root, "SECURITY.md"))).SingleOrDefault(match => match.Groups[1].Value == row);
        written.ShouldNotBeNull($"SECURITY.md has no row {row}");
        s_carried.ShouldContainKey(row);

        Names().Matches(written.Groups[2].Value).Select(match => match.Groups[1].Value).ShouldBe(s_carried[row], $"the row should be: {string.Join(", ", s_carried[row].Select(name => $"`{name}`"))}");
    }

    [GeneratedRegex("""Trait\("Threat", "([A-Z]\d+)"\)""")]
    private static partial Regex Traits();

    [GeneratedRegex("""^\| ([BI]\d+) \|[^|]*\| ([^|]*) \|$""", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex("`([A-Za-z0-9]+)`")]
    private static partial Regex Names();
}
