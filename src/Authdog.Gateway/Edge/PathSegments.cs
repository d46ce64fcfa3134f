using System.Buffers;
using System.Text;

namespace Authdog.Gateway.Edge;

/// <summary>Judges the segments of a decoded path, with encoded slashes counted as slashes.</summary>
internal static class PathSegments
{
    /// <summary>Stand for <c>%2F</c> and <c>%2f</c> while a path is judged. No path has these characters otherwise: they are refused.</summary>
    public const char UpperEncodedSlash = '\u0001', LowerEncodedSlash = '\u0002';

    private static readonly SearchValues<char> s_slashes = SearchValues.Create("/\u0001\u0002");

    // Slashes, dots and invisible characters that no compatibility mapping names, but "best fit" tables of code pages do.
    private static readonly SearchValues<char> s_bestFit = SearchValues.Create("\u00AD\u0130\u0131\u200B\u2044\u2060\u2215\u2216\u2571\u2572\u29F5\u29F8\uFEFF");

    public static Ambiguity Judge(ReadOnlySpan<char> path, ref PathOddities oddities)
    {
        var rest = path[1..];
        while (!rest.IsEmpty)
        {
            var slash = rest.IndexOfAny(s_slashes);
            var segment = slash < 0 ? rest : rest[..slash];
            if (segment.IsEmpty)
            {
                oddities |= PathOddities.EmptySegment;
            }
            else if (JudgeSegment(segment, ref oddities) is var ambiguity && ambiguity != Ambiguity.None)
            {
                return ambiguity;
            }

            rest = slash < 0 ? [] : rest[(slash + 1)..];
        }

        return Ambiguity.None;
    }

    /// <summary>Whether some upstream could read other characters than these: they have another compatibility form, or best-fit tables know them.</summary>
    public static bool HasLookAlike(string text) => text.AsSpan().ContainsAny(s_bestFit) || !text.IsNormalized(NormalizationForm.FormKC);

    /// <summary>The compatibility form.</summary>
    public static string Normal(string text) => text.Normalize(NormalizationForm.FormKC);

    // "/..;x/" is a dot segment to Tomcat, so parameters do not count.
    private static Ambiguity JudgeSegment(ReadOnlySpan<char> segment, ref PathOddities oddities)
    {
        var semicolon = segment.IndexOf(';');
        var name = semicolon < 0 ? segment : segment[..semicolon];
        if (semicolon >= 0)
        {
            oddities |= PathOddities.Parameters;
        }

        if (name is "." or "..")
        {
            return Ambiguity.DotSegment;
        }

        if (segment[0] == ' ' || segment[^1] is ' ' or '.' || (!name.IsEmpty && name[^1] is ' ' or '.') || segment.ContainsAny('?', '#'))
        {
            oddities |= PathOddities.Padding;
        }

        return Ambiguity.None;
    }
}
