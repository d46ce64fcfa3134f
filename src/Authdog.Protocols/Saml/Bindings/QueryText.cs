using System.Text;

namespace Authdog.Protocols.Saml.Bindings;

/// <summary>Decodes one name or value of a query string, once and strictly.</summary>
internal static class QueryText
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text; <see langword="null"/> when an escape is broken or the bytes are not UTF-8.</summary>
    public static string? Decode(string encoded)
    {
        var bytes = new List<byte>(encoded.Length);
        for (var at = 0; at < encoded.Length; at++)
        {
            var character = encoded[at];
            if (character == '%')
            {
                if (at + 2 >= encoded.Length || !char.IsAsciiHexDigit(encoded[at + 1]) || !char.IsAsciiHexDigit(encoded[at + 2]))
                {
                    return null;
                }

                bytes.Add(Convert.FromHexString(encoded.AsSpan(at + 1, 2))[0]);
                at += 2;
            }
            else if (character is > ' ' and <= '~')
            {
                bytes.Add(character == '+' ? (byte)' ' : (byte)character);
            }
            else
            {
                return null;
            }
        }

        try
        {
            return s_utf8.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
