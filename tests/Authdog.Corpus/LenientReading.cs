using System.Text;

namespace Authdog.Corpus;

/// <summary>Paths as lenient app servers read them. Each reading is one that some server, framework or file system has.</summary>
public static class LenientReading
{
    /// <summary>Whether any reading of the target lies in the protected area.</summary>
    public static bool Hits(string target, string protectedPath)
    {
        foreach (var path in Readings(target))
        {
            if (path.Equals(protectedPath, StringComparison.OrdinalIgnoreCase) || path.StartsWith(protectedPath + "/", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All readings.</summary>
    public static IEnumerable<string> Readings(string target)
    {
        var path = PathOf(target);
        string[] once = [path, Decode(path), Decode(CutParameters(path))];
        foreach (var decoded in once.Concat(once.Select(Decode)).ToArray())
        {
            foreach (var text in new[] { decoded, CutAtNul(decoded), Compatible(decoded), CutAt(decoded, '#'), CutAt(decoded, '?') }.Distinct(StringComparer.Ordinal))
            {
                var slashed = text.Replace('\\', '/');
                yield return Resolve(slashed, trim: false);
                yield return Resolve(CutParameters(slashed), trim: false);
                yield return Resolve(CutParameters(slashed), trim: true);
                yield return Resolve(slashed, trim: true);
            }
        }
    }

    private static string PathOf(string target)
    {
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0 && target.AsSpan(0, scheme).IndexOfAny("/?#") < 0)
        {
            var slash = target.IndexOfAny(['/', '\\', '?', '#'], scheme + 3);
            target = slash < 0 ? "/" : target[slash..];
        }

        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }

    // Percent-encoding as the most tolerant decoder takes it: overlong UTF-8, %uXXXX of IIS, and broken sequences left as they are.
    private static string Decode(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 5 < text.Length && (text[i + 1] | 0x20) == 'u' && ushort.TryParse(text.AsSpan(i + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var wide))
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(((char)wide).ToString()));
                i += 5;
            }
            else if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var octet))
            {
                bytes.Add(octet);
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
        }

        return DecodeUtf8([.. bytes]);
    }

    private static string DecodeUtf8(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            int first = bytes[i];
            var more = first switch { >= 0xF0 and < 0xF8 => 3, >= 0xE0 and < 0xF0 => 2, >= 0xC0 and < 0xE0 => 1, _ => 0 };
            if (i + more >= bytes.Length || !Enumerable.Range(1, more).All(offset => (bytes[i + offset] & 0xC0) == 0x80))
            {
                more = 0;
            }

            var value = more == 0 ? first : first & (0x3F >> more);
            for (var offset = 1; offset <= more; offset++)
            {
                value = (value << 6) | (bytes[i + offset] & 0x3F);
            }

            i += more;
            text.Append(value is >= 0xD800 and < 0xE000 or > 0x10FFFF ? "\uFFFD" : char.ConvertFromUtf32(value));
        }

        return text.ToString();
    }

    private static string Compatible(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            folded.Append(rune.Value switch
            {
                0x2215 or 0x2044 or 0x29F8 => "/",
                0x2216 => "\\",
                0x131 => "i",
                0x130 => "I",
                0xAD or 0x200B or 0xFEFF => string.Empty,
                0xFFFD => string.Empty,
                _ => rune.ToString().Normalize(NormalizationForm.FormKC),
            });
        }

        return folded.ToString();
    }

    private static string CutAtNul(string text) => CutAt(text, '\0').Replace("\t", string.Empty, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal).Replace("\r", string.Empty, StringComparison.Ordinal);

    private static string CutAt(string text, char end)
    {
        var at = text.IndexOf(end, StringComparison.Ordinal);
        return at < 0 ? text : text[..at];
    }

    private static string CutParameters(string path) => string.Join('/', path.Split('/').Select(segment => CutAt(segment, ';')));

    private static string Resolve(string path, bool trim)
    {
        var kept = new List<string>();
        foreach (var written in path.Split('/'))
        {
            var segment = written is "." or ".." || !trim ? written : written.Trim().TrimEnd('.', ' ', '\u00A0', '\u3000');
            if (segment == "..")
            {
                if (kept.Count > 0)
                {
                    kept.RemoveAt(kept.Count - 1);
                }
            }
            else if (segment is not ("" or "."))
            {
                kept.Add(segment);
            }
        }

        return "/" + string.Join('/', kept);
    }
}
