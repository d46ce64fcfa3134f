using Authdog.Gateway.Demo;

namespace Authdog.Gateway.Commands.Hosting;

/// <summary>The policies that came with the program, for a command that leaves nothing behind: those of the data folder when it has them, else a copy that goes away.</summary>
internal sealed class BuiltInPolicies : IDisposable
{
    private BuiltInPolicies(string path, bool isCopy) => (Path, IsCopy) = (path, isCopy);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Whether they are nowhere else yet.</summary>
    public bool IsCopy { get; }

    /// <param name="data">The data folder.</param>
    public static BuiltInPolicies Of(string data)
    {
        var folder = DemoPolicies.FolderIn(data);
        if (Directory.Exists(folder))
        {
            return new BuiltInPolicies(folder, isCopy: false);
        }

        var copy = new BuiltInPolicies(Directory.CreateTempSubdirectory("authdog-policies-").FullName, isCopy: true);
        DemoPolicies.WriteTo(copy.Path);
        return copy;
    }

    public void Dispose()
    {
        if (IsCopy)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
