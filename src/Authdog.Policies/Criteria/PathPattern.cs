namespace Authdog.Policies.Criteria;

/// <summary>
/// A path as policies write it: <c>/x</c> is that path alone, <c>*</c> one whole segment, and <c>/x/**</c> is <c>/x</c>
/// and everything below it. <c>/admin</c> never matches <c>/adminx</c>.
/// </summary>
/// <remarks>
/// Upstreams differ in letter case, trailing slashes and what a semicolon in a segment means. Where a hit takes access away the comparison is therefore
/// wide (<c>/Admin/</c> is <c>/admin</c>), and where a hit gives access it is exact (B1).
/// </remarks>
internal sealed class PathPattern
{
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
        segments = prefix.Length == 0 ? [] : prefix[1..].Split('/');
        literal = !segments.Contains("*");
        if (wide && !deep)
        {
            prefix = prefix.TrimEnd('/');
        }
    }

    public string Text { get; }

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

    private bool MatchesSpelling(string path)
    {
        var rest = path.AsSpan();
        if (wide)
        {
            rest = rest.TrimEnd('/');
        }

        return literal ? MatchesLiteral(rest) : MatchesSegments(rest);
    }

    // "/admin;x/y" is "/admin/y" to Java's servers (B1).
    private static string WithoutParameters(string path) => string.Join('/', path.Split('/').Select(segment => segment.Split(';')[0]));

    private bool MatchesLiteral(ReadOnlySpan<char> path) => deep
        ? path.StartsWith(prefix, Comparison) && (path.Length == prefix.Length || path[prefix.Length] == '/')
        : path.Equals(prefix, Comparison);

    private bool MatchesSegments(ReadOnlySpan<char> path)
    {
        foreach (var wanted in segments)
        {
            if (wanted.Length == 0 && wide && path.IsEmpty)
            {
                continue;
            }

            if (path.IsEmpty || path[0] != '/')
            {
                return false;
            }

            path = path[1..];
            var end = path.IndexOf('/');
            var segment = end < 0 ? path : path[..end];
            var hit = wanted == "*" ? !segment.IsEmpty : segment.Equals(wanted, Comparison);
            if (!hit)
            {
                return false;
            }

            path = end < 0 ? default : path[end..];
        }

        return deep || path.IsEmpty;
    }
}
