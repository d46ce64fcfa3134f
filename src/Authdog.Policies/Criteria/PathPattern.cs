namespace Authdog.Policies.Criteria;

/// <summary>
/// A path as policies write it: <c>/x</c> is that path alone, <c>*</c> any run of characters within a segment and, alone, one
/// whole segment that is not empty; <c>**</c> is any number of segments, so that <c>/x/**</c> is <c>/x</c> and everything
/// below it. <c>/admin</c> never matches <c>/adminx</c>.
/// </summary>
/// <remarks>
/// Upstreams differ in letter case, trailing slashes and what a semicolon in a segment means. Where a hit takes access away the comparison is therefore
/// wide (<c>/Admin/</c> is <c>/admin</c>), and where a hit gives access it is exact (B1).
/// </remarks>
internal sealed class PathPattern
{
    private const string AnySegments = "**";
    private readonly string[] segments;
    private readonly bool wide;
    private readonly bool deep;
    private readonly bool literal;
    private readonly string prefix;

    public PathPattern(string text, bool wide)
    {
        Text = text;
        this.wide = wide;
        deep = text.EndsWith("/**", StringComparison.Ordinal);
        prefix = deep ? text[..^3] : text;
        if (wide && !deep)
        {
            prefix = prefix.TrimEnd('/');
        }

        segments = prefix.Length == 0 ? [] : prefix[1..].Split('/');
        literal = !prefix.Contains('*', StringComparison.Ordinal);
        LiteralSegments = [.. segments.TakeWhile(segment => segment.Length > 0 && !segment.Contains('*', StringComparison.Ordinal))];
        segments = deep ? [.. segments, AnySegments] : segments;
    }

    public string Text { get; }

    /// <summary>Whether it is compared widely.</summary>
    public bool IsWide => wide;

    /// <summary>The segments that a matching path surely begins with; in any letter case and perhaps with parameters when <see cref="IsWide"/>.</summary>
    public IReadOnlyList<string> LiteralSegments { get; }

    private StringComparison Comparison => wide ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    public bool Matches(string path)
    {
        // The ordinary case, for speed: nothing to trim, no segments to walk.
        if (literal && !wide)
        {
            return deep
                ? path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/')
                : path == prefix;
        }

        return MatchesSpelling(path) || (wide && path.Contains(';', StringComparison.Ordinal) && MatchesSpelling(WithoutParameters(path)));
    }

    /// <summary>"/admin;x/y" is "/admin/y" to Java's servers (B1).</summary>
    public static string WithoutParameters(string path) => string.Join('/', path.Split('/').Select(segment => segment.Split(';')[0]));

    private bool MatchesSpelling(string path)
    {
        var rest = path.AsSpan();
        if (wide)
        {
            rest = rest.TrimEnd('/');
        }

        return literal ? MatchesLiteral(rest) : MatchesSegments(rest);
    }

    private bool MatchesLiteral(ReadOnlySpan<char> path) => deep
        ? path.StartsWith(prefix, Comparison) && (path.Length == prefix.Length || path[prefix.Length] == '/')
        : path.Equals(prefix, Comparison);

    // Greedy, with the last ** as the only place to come back to: its time is at most the product of both lengths.
    private bool MatchesSegments(ReadOnlySpan<char> path)
    {
        var (wanted, position) = (0, 0);
        var (again, from) = (-1, 0);
        while (true)
        {
            if (wanted < segments.Length && segments[wanted] == AnySegments)
            {
                (again, from) = (++wanted, position);
            }
            else if (wanted == segments.Length && position == path.Length)
            {
                return true;
            }
            else if (wanted < segments.Length && position < path.Length && path[position] == '/' && Glob.Matches(segments[wanted], path[(position + 1)..End(path, position)], wide))
            {
                position = End(path, position);
                wanted++;
            }
            else if (again >= 0 && from < path.Length)
            {
                from = End(path, from);
                (wanted, position) = (again, from);
            }
            else
            {
                return false;
            }
        }
    }

    // The end of the segment whose slash is at the position.
    private static int End(ReadOnlySpan<char> path, int slash)
    {
        var length = path[(slash + 1)..].IndexOf('/');
        return length < 0 ? path.Length : slash + 1 + length;
    }
}
