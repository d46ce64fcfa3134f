namespace Authdog.Gateway.Edge;

/// <summary>A path as the most lenient server would read it: encoded slashes are slashes, parameters and padding are dropped, look-alikes are what they look like.</summary>
internal static class LenientPath
{
    private static readonly char[] s_slashes = ['/', '\\', '\u2044', '\u2215', '\u2216', '\u2571', '\u2572', '\u29F5', '\u29F8'];
    private static readonly string[] s_invisible = ["\u00AD", "\u200B", "\u2060", "\uFEFF"];

    /// <summary>The segments that are read otherwise than written, and all that follow one that vanishes.</summary>
    public static IEnumerable<string> Differing(string path)
    {
        var moved = false;
        foreach (var written in path[1..].Split('/'))
        {
            foreach (var read in Read(written))
            {
                if (moved || read != written)
                {
                    yield return read;
                }

                moved |= read.Length == 0;
            }
        }
    }

    private static IEnumerable<string> Read(string written)
    {
        var text = written.Replace("%2f", "/", StringComparison.OrdinalIgnoreCase);
        if (!System.Text.Ascii.IsValid(text))
        {
            text = PathSegments.Normal(text).Replace('\u0131', 'i').Replace('\u0130', 'I');
            foreach (var invisible in s_invisible)
            {
                text = text.Replace(invisible, string.Empty, StringComparison.Ordinal);
            }
        }

        foreach (var piece in text.Split(s_slashes))
        {
            var end = piece.AsSpan().IndexOfAny(';', '?', '#');
            yield return (end < 0 ? piece : piece[..end]).TrimStart(' ').TrimEnd(' ', '.');
        }
    }
}
