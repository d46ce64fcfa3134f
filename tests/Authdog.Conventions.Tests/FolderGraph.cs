using System.Text.RegularExpressions;

namespace Authdog.Conventions.Tests;

/// <summary>Which folder of a project uses which, read from <c>using</c> lines and qualified names.</summary>
internal static partial class FolderGraph
{
    public static Dictionary<string, HashSet<string>> Read(IEnumerable<SourceFile> files)
    {
        var sources = files.ToArray();
        var folders = sources.Select(file => file.Folder).ToHashSet(StringComparer.Ordinal);
        var graph = folders.ToDictionary(folder => folder, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var file in sources.Where(file => file.Folder.Length > 0))
        {
            graph[file.Folder].UnionWith(Targets(file, folders).Where(target => target != file.Folder));
        }

        return graph;
    }

    /// <summary>A cycle as the folders on it, first one repeated; null when there is none.</summary>
    public static IReadOnlyList<string>? FindCycle(Dictionary<string, HashSet<string>> graph)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        return graph.Keys.Order(StringComparer.Ordinal).Select(Visit).FirstOrDefault(cycle => cycle is not null);

        IReadOnlyList<string>? Visit(string folder)
        {
            var at = path.IndexOf(folder);
            if (at >= 0)
            {
                return [.. path[at..], folder];
            }

            if (!done.Add(folder))
            {
                return null;
            }

            path.Add(folder);
            var cycle = graph[folder].Order(StringComparer.Ordinal).Select(Visit).FirstOrDefault(found => found is not null);
            path.RemoveAt(path.Count - 1);
            return cycle;
        }
    }

    private static IEnumerable<string> Targets(SourceFile file, HashSet<string> folders)
    {
        var qualified = Regex.Matches(file.Code, $@"\b{Regex.Escape(file.Project)}((?:\.\w+)+)", RegexOptions.None, TimeSpan.FromSeconds(5))
            .Select(match => match.Groups[1].Value[1..]);

        // Inside namespace Authdog.Identity.Login, `Redis.RecordStore` means Authdog.Identity.Redis.RecordStore.
        var relative = RelativeName().Matches(file.Code).Select(match => match.Groups[1].Value).Where(name => !IsMember(file, name));
        return qualified.Concat(relative).Select(name => Longest(name, folders)).OfType<string>();
    }

    private static bool IsMember(SourceFile file, string name)
    {
        var first = name.Split('.')[0];
        return Regex.IsMatch(file.Code, $@"[\w>\]?)]\s+{Regex.Escape(first)}\s*(=>|\{{|;|=|,|\))", RegexOptions.None, TimeSpan.FromSeconds(5));
    }

    private static string? Longest(string name, HashSet<string> folders)
    {
        var parts = name.Split('.');
        for (var length = parts.Length; length > 0; length--)
        {
            var folder = string.Join('/', parts[..length]);
            if (folders.Contains(folder))
            {
                return folder;
            }
        }

        return null;
    }

    [GeneratedRegex(@"(?<![\w.@""])([A-Z]\w*(?:\.[A-Z]\w*)+)")]
    private static partial Regex RelativeName();
}
