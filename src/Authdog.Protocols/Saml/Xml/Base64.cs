using System.Diagnostics.CodeAnalysis;

namespace Authdog.Protocols.Saml.Xml;

/// <summary>Base64 as it stands in XML and forms: white space anywhere, otherwise strict, bounded before it is decoded.</summary>
internal static class Base64
{
    /// <summary>Decodes.</summary>
    /// <param name="text">Text, white space included.</param>
    /// <param name="maxBytes">Most bytes that may come out.</param>
    /// <param name="bytes">The bytes; never none.</param>
    public static bool TryDecode(string? text, int maxBytes, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;

        // Lines of 64 and an indentation make a text half as long again.
        if (text is null || text.Length > (maxBytes * 2L) + 64)
        {
            return false;
        }

        var buffer = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(text, buffer, out var length) || length == 0 || length > maxBytes)
        {
            return false;
        }

        bytes = buffer[..length];
        return true;
    }
}
