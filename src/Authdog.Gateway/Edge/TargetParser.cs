using System.Buffers;
using System.Text;

namespace Authdog.Gateway.Edge;

/// <summary>Reads a request target (RFC 9112, section 3.2) and refuses what some upstream would read differently (B1, B2).</summary>
internal static class TargetParser
{
    private const int StackLimit = 512;

    // Characters that mean themselves in a path to every server. '.' and '/' are judged by segment.
    private static readonly SearchValues<char> s_plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~/+@:,=!$&'()*;[]|^{}\"<>`.");

    private static readonly SearchValues<char> s_visible = SearchValues.Create(Visible());

    /// <summary>Splits the target, decodes its path once, and refuses encoded slashes and empty segments too.</summary>
    /// <param name="raw">Target as received.</param>
    /// <param name="target">Path and query in origin form, unchanged.</param>
    /// <param name="path">The decoded path.</param>
    public static Ambiguity Parse(string raw, out string target, out string path)
    {
        var ambiguity = Parse(raw, out target, out path, out var oddities);
        return ambiguity != Ambiguity.None ? ambiguity
            : oddities.HasFlag(PathOddities.EncodedSlash) ? Ambiguity.EncodedSlash
            : oddities.HasFlag(PathOddities.EmptySegment) ? Ambiguity.EmptySegment
            : Ambiguity.None;
    }

    /// <summary>Splits the target and decodes its path once.</summary>
    /// <param name="raw">Target as received.</param>
    /// <param name="target">Path and query in origin form, unchanged.</param>
    /// <param name="path">The decoded path; an encoded slash stays encoded.</param>
    /// <param name="oddities">What the route must permit.</param>
    public static Ambiguity Parse(string raw, out string target, out string path, out PathOddities oddities)
    {
        target = path = string.Empty;
        oddities = PathOddities.None;
        if (raw.AsSpan().ContainsAnyExcept(s_visible))
        {
            return Ambiguity.ControlCharacter;
        }

        if (!TryOriginForm(raw, out target))
        {
            return Ambiguity.TargetForm;
        }

        if (target.Contains('#', StringComparison.Ordinal))
        {
            return Ambiguity.Fragment;
        }

        var query = target.IndexOf('?', StringComparison.Ordinal);
        var encoded = query < 0 ? target.AsSpan() : target.AsSpan(0, query);
        if (!encoded.ContainsAnyExcept(s_plain))
        {
            path = query < 0 ? target : encoded.ToString();
            return PathSegments.Judge(path, ref oddities);
        }

        return Decode(encoded, out path, ref oddities);
    }

    private static bool TryOriginForm(string raw, out string target)
    {
        target = raw;
        if (raw.Length > 0 && raw[0] == '/')
        {
            return true;
        }

        // Absolute form: Kestrel has checked that its authority is the Host.
        if (!raw.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !raw.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var authority = raw.IndexOf("//", StringComparison.Ordinal) + 2;
        var end = raw.AsSpan(authority).IndexOfAny('/', '?');

        // What stands before '@' is no host, and a backslash ends the authority for some.
        if ((end < 0 ? raw.AsSpan(authority) : raw.AsSpan(authority, end)).ContainsAny('@', '\\'))
        {
            return false;
        }

        target = end < 0 ? "/" : raw[authority + end] == '/' ? raw[(authority + end)..] : "/" + raw[(authority + end)..];
        return true;
    }

    private static Ambiguity Decode(ReadOnlySpan<char> encoded, out string path, ref PathOddities oddities)
    {
        path = string.Empty;
        var rented = encoded.Length > StackLimit ? ArrayPool<byte>.Shared.Rent(encoded.Length) : null;
        Span<byte> bytes = rented ?? stackalloc byte[StackLimit];
        try
        {
            var ambiguity = DecodeBytes(encoded, bytes, out var length);
            if (ambiguity != Ambiguity.None)
            {
                return ambiguity;
            }

            var decoded = bytes[..length];
            if (HasEncodedOctet(decoded))
            {
                return Ambiguity.DoubleEncoding;
            }

            // Overlong forms and surrogates are no UTF-8.
            if (!System.Text.Unicode.Utf8.IsValid(decoded))
            {
                return Ambiguity.InvalidEncoding;
            }

            path = Encoding.UTF8.GetString(decoded);
            return JudgeDecoded(ref path, ref oddities);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static Ambiguity JudgeDecoded(ref string path, ref PathOddities oddities)
    {
        if (path.AsSpan().ContainsAnyInRange('\u0080', '\u009F'))
        {
            return Ambiguity.ControlCharacter;
        }

        if (!Ascii.IsValid(path) && PathSegments.HasLookAlike(path))
        {
            oddities |= PathOddities.LookAlike;
        }

        var ambiguity = PathSegments.Judge(path, ref oddities);
        if (path.AsSpan().ContainsAny(PathSegments.UpperEncodedSlash, PathSegments.LowerEncodedSlash))
        {
            // As the server leaves it, too: nobody here matches it as a slash.
            oddities |= PathOddities.EncodedSlash;
            path = path.Replace("\u0001", "%2F", StringComparison.Ordinal).Replace("\u0002", "%2f", StringComparison.Ordinal);
        }

        return ambiguity;
    }

    private static Ambiguity DecodeBytes(ReadOnlySpan<char> encoded, Span<byte> bytes, out int length)
    {
        length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            var c = encoded[i];
            if (c == '\\')
            {
                return Ambiguity.Backslash;
            }

            if (c == '%')
            {
                if (i + 2 >= encoded.Length || !char.IsAsciiHexDigit(encoded[i + 1]) || !char.IsAsciiHexDigit(encoded[i + 2]))
                {
                    return Ambiguity.InvalidEncoding;
                }

                c = (char)((HexValue(encoded[i + 1]) << 4) | HexValue(encoded[i + 2]));
                i += 2;
                switch (c)
                {
                    case < ' ' or '\x7F':
                        return Ambiguity.ControlCharacter;
                    case '/':
                        c = encoded[i] == 'F' ? PathSegments.UpperEncodedSlash : PathSegments.LowerEncodedSlash;
                        break;
                    case '\\':
                        return Ambiguity.Backslash;
                }
            }

            bytes[length++] = (byte)c;
        }

        return Ambiguity.None;
    }

    private static bool HasEncodedOctet(ReadOnlySpan<byte> decoded)
    {
        for (var i = decoded.IndexOf((byte)'%'); i >= 0 && i + 2 < decoded.Length; i++)
        {
            if (decoded[i] == '%' && char.IsAsciiHexDigit((char)decoded[i + 1]) && char.IsAsciiHexDigit((char)decoded[i + 2]))
            {
                return true;
            }
        }

        return false;
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static string Visible() => string.Create(0x7F - 0x21, 0, static (span, _) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = (char)(0x21 + i);
        }
    });
}
