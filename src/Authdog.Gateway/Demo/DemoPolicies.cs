using System.Reflection;

namespace Authdog.Gateway.Demo;

/// <summary>The repository's policies, carried along for a start from somewhere else.</summary>
internal static class DemoPolicies
{
    private const string Prefix = "policies/";

    /// <summary>Where they are kept in the data folder.</summary>
    public static string FolderIn(string data) => Path.Combine(data, "policies");

    /// <summary>Writes those that the folder does not have yet; what somebody changed stays.</summary>
    public static void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var path = Path.Combine(folder, name[Prefix.Length..]);
            if (!File.Exists(path))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                using var source = assembly.GetManifestResourceStream(name)!;
                using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
                source.CopyTo(target);
            }
        }
    }
}
