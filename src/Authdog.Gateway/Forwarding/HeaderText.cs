using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Authdog.Gateway.Forwarding;

/// <summary>Text of people as a header value (I13): visible ASCII and inner blanks as they are, all else, and <c>%</c>, as percent-encoded UTF-8.</summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create(Visible(except: "%"));
    private static readonly SearchValues<char> s_plainInList = SearchValues.Create(Visible(except: "%,"));

    public static string Encode(string text) => Encode(text, s_plain);

    /// <summary>Joins by comma; a comma within an entry is encoded.</summary>
    public static string EncodeList(ImmutableArray<string> entries) =>
        entries.IsDefaultOrEmpty ? string.Empty : string.Join(',', entries.Select(entry => Encode(entry, s_plainInList)));

    private static string Encode(string text, SearchValues<char> plain)
    {
        if (!text.AsSpan().ContainsAnyExcept(plain))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length + 16);
        Span<byte> utf8 = stackalloc byte[4];
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            // A blank at either end would be trimmed on the way.
            var inner = position > 0 && position < text.Length - 1;
            if (rune.IsAscii && (plain.Contains((char)rune.Value) || (rune.Value == ' ' && inner)))
            {
                encoded.Append((char)rune.Value);
            }
            else
            {
                foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    encoded.Append('%').Append(Convert.ToHexString([octet]));
                }
            }

            position += rune.Utf16SequenceLength;
        }

        return encoded.ToString();
    }

    private static string Visible(string except) =>
        string.Concat(Enumerable.Range(0x21, 0x7F - 0x21).Select(code => (char)code).Where(c => !except.Contains(c, StringComparison.Ordinal)));
}
