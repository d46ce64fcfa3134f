using System.Text.Encodings.Web;
using System.Text.Json;

namespace Authdog.Corpus;

/// <summary>The data files in <c>tests/corpus</c>, one JSON object a line.</summary>
public static class CorpusFiles
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The folder, found from where the program is.</summary>
    public static string Folder { get; } = Find();

    /// <summary>Attack and legitimate targets.</summary>
    public static IReadOnlyList<CorpusTarget> Targets() => Read<CorpusTarget>("targets.jsonl");

    /// <summary>Attack and legitimate header sets.</summary>
    public static IReadOnlyList<CorpusHeaders> Headers() => Read<CorpusHeaders>("headers.jsonl");

    /// <summary>What the rules make, as the files should be.</summary>
    public static IReadOnlyDictionary<string, string> Generate() => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["targets.jsonl"] = Write(TargetRules.All()),
        ["headers.jsonl"] = Write(HeaderRules.All()),
    };

    private static string Write<T>(IEnumerable<T> lines) => string.Concat(lines.Select(line => JsonSerializer.Serialize(line, s_json) + "\n"));

    private static T[] Read<T>(string file) =>
        [.. File.ReadLines(Path.Combine(Folder, file)).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<T>(line)!)];

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, "tests", "corpus");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new InvalidOperationException("There is no folder tests/corpus above the program.");
    }
}
