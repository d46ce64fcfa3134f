using System.Runtime.Versioning;
using Authdog.Identity.Keys;
using Authdog.Identity.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Keys;

[UnsupportedOSPlatform("windows")]
public sealed class MasterKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("authdog-test-");

    private string File => Path.Combine(_folder.FullName, "data", "master.key");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void MakesAFileForTheOwnerAlone_AndReadsItNextTime()
    {
        var made = New().Derive("a");

        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        New().Derive("a").ShouldBe(made);
        New().Derive("b").ShouldNotBe(made);
        Directory.GetFiles(Path.GetDirectoryName(File)!).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task AgreesOnOneKey_WhenNodesStartAtOnce()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Convert.ToHexString(New().Derive("a")))));

        keys.Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    public void SaysWhatIsWrong_WhenTheFileHoldsNoKey(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, text);

        var error = Should.Throw<OperatorMistakeException>(() => New().Derive("a"));

        (error.Code, error.Place).ShouldBe(("AG4002", File));
    }

    [Theory]
    [InlineData("c2hvcnQ=", null, 1)]
    [InlineData("?", "file", 2)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", null, 0)]
    public void ReportsEveryMistake(string key, string? file, int errors) =>
        (new MasterKeyOptions.Validator().Validate(null, new MasterKeyOptions { MasterKey = key, MasterKeyFile = file }).Failures ?? []).Count().ShouldBe(errors);

    private MasterKey New() => new(Options.Create(new MasterKeyOptions()), new DataFolder(Path.Combine(_folder.FullName, "data")), NullLogger<MasterKey>.Instance);
}
