using Authdog.Policies.Criteria;

namespace Authdog.Policies.Rules;

/// <summary>Places of rules by the segments that a matching path surely begins with.</summary>
internal sealed class PathTree(StringComparer comparer)
{
    // Deeper ones are found at this depth already, and then judged.
    private const int Deepest = 8;

    private readonly Dictionary<string, PathTree> below = new(comparer);
    private readonly List<int> adding = [];
    private int[] places = [];

    public bool IsEmpty => below.Count == 0 && adding.Count == 0;

    /// <summary>Whether what the pattern matches is found under its literal segments: a segment with a semicolon is looked for without what follows it.</summary>
    public static bool CanHold(PathPattern pattern) => !pattern.LiteralSegments.Any(segment => segment.Contains(';', StringComparison.Ordinal));

    public void Add(IEnumerable<PathPattern> patterns, int place)
    {
        foreach (var pattern in patterns)
        {
            var node = this;
            foreach (var segment in pattern.LiteralSegments.Take(Deepest))
            {
                if (!node.below.TryGetValue(segment, out var next))
                {
                    next = new PathTree(comparer);
                    node.below.Add(segment, next);
                }

                node = next;
            }

            node.adding.Add(place);
        }
    }

    public PathTree Freeze()
    {
        places = [.. adding.Distinct()];
        foreach (var node in below.Values)
        {
            node.Freeze();
        }

        return this;
    }

    /// <summary>Adds the places along the path, at most <see cref="Deepest"/> lists.</summary>
    public void AddTo(ref Candidates candidates, string path)
    {
        var node = this;
        var rest = path.AsSpan();
        while (node.below.Count > 0 && rest.Length > 0 && rest[0] == '/')
        {
            rest = rest[1..];
            var end = rest.IndexOf('/');
            var segment = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[end..];

            // A wide pattern also matches without the parameters of a segment; a pattern that has some of its own is not in here.
            var parameters = segment.IndexOf(';');
            if (!node.below.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(parameters < 0 ? segment : segment[..parameters], out node!))
            {
                return;
            }

            candidates.Add(node.places);
        }
    }
}
