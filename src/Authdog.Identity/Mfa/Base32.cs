using System.Text;

namespace Authdog.Identity.Mfa;

/// <summary>Base 32 without padding.</summary>
internal static class Base32
{
    /// <summary>RFC 4648, section 6: what authenticator apps take keys in.</summary>
    public const string Standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Lower case without <c>i l o u</c>, for what people copy by hand.</summary>
    public const string Readable = "0123456789abcdefghjkmnpqrstvwxyz";

    private const int Bits = 5;

    public static string Encode(ReadOnlySpan<byte> bytes, string alphabet)
    {
        var text = new StringBuilder((bytes.Length * 8 / Bits) + 1);
        var (buffer, filled) = (0, 0);
        foreach (var value in bytes)
        {
            (buffer, filled) = ((buffer << 8) | value, filled + 8);
            for (; filled >= Bits; filled -= Bits)
            {
                text.Append(alphabet[(buffer >> (filled - Bits)) & 31]);
            }

            buffer &= (1 << filled) - 1;
        }

        return filled > 0 ? text.Append(alphabet[(buffer << (Bits - filled)) & 31]).ToString() : text.ToString();
    }

    /// <summary>The text in groups of four, as people read it.</summary>
    public static string Group(string text, char separator) => string.Join(separator, text.Chunk(4).Select(static group => new string(group)));
}
