using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>Knows programs by the <c>User-Agent</c> that they declare. Matching takes time linear in the text, whatever is sent: literals are looked for all at once, and the few expressions never backtrack.</summary>
internal sealed partial class CrawlerPatterns
{
    private const int MaxAgent = 1024;
    private const int MaxRemembered = 4096;
    private readonly string[] _literals;
    private readonly SearchValues<string> _anyLiteral;
    private readonly Regex _expressions;
    private readonly ConcurrentDictionary<string, string> _remembered = new(StringComparer.Ordinal);

    public CrawlerPatterns()
    {
        List<string> literals = [], expressions = [];
        foreach (var pattern in Read())
        {
            if (Meta().IsMatch(Escape().Replace(pattern, string.Empty)))
            {
                expressions.Add($"(?:{pattern})");
            }
            else
            {
                literals.Add(Escape().Replace(pattern, "$1"));
            }
        }

        _literals = [.. literals];
        _anyLiteral = SearchValues.Create(_literals, StringComparison.Ordinal);
        _expressions = new Regex(string.Join('|', expressions), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        Count = literals.Count + expressions.Count;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>What of the text a pattern found, such as <c>Googlebot/</c>; null when it declares no known program.</summary>
    public string? Find(string agent)
    {
        var text = agent.Length > MaxAgent ? agent[..MaxAgent] : agent;
        if (!_remembered.TryGetValue(text, out var found))
        {
            found = Search(text);
            if (_remembered.Count >= MaxRemembered)
            {
                // Whoever sends a new one each time pays for the search each time.
                _remembered.Clear();
            }

            _remembered[text] = found;
        }

        return found.Length > 0 ? found : null;
    }

    private string Search(string text)
    {
        var at = text.AsSpan().IndexOfAny(_anyLiteral);
        return at >= 0 ? Array.Find(_literals, literal => string.CompareOrdinal(text, at, literal, 0, literal.Length) == 0)!
            : _expressions.Match(text) is { Success: true } match ? match.Value.Trim()
            : string.Empty;
    }

    private static IEnumerable<string> Read()
    {
        using var stream = typeof(CrawlerPatterns).Assembly.GetManifestResourceStream("bots/crawlers.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }

    [GeneratedRegex(@"\\([^A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    [GeneratedRegex(@"[\\^$.|?*+()\[\]{}]", RegexOptions.CultureInvariant)]
    private static partial Regex Meta();
}
