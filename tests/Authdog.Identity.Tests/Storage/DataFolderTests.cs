using Authdog.Identity.Storage;

namespace Authdog.Identity.Tests.Storage;

public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("authdog-");

    [Fact]
    public void EachFolderThatIsMadeIsTheOwnersAlone_WhenThePathIsDeep()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var there = _root.CreateSubdirectory("there");
        File.SetUnixFileMode(there.FullName, OwnerOnly | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var before = File.GetUnixFileMode(there.FullName);

        new DataFolder(Path.Combine(there.FullName, "a", "b", "c")).Ensure();

        File.GetUnixFileMode(Path.Combine(there.FullName, "a")).ShouldBe(OwnerOnly);
        File.GetUnixFileMode(Path.Combine(there.FullName, "a", "b")).ShouldBe(OwnerOnly);
        File.GetUnixFileMode(Path.Combine(there.FullName, "a", "b", "c")).ShouldBe(OwnerOnly);
        File.GetUnixFileMode(there.FullName).ShouldBe(before);
    }

    public void Dispose() => _root.Delete(recursive: true);
}
