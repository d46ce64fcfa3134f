using System.Buffers.Text;
using System.Text;

namespace Authdog.Identity.Pages;

/// <summary>A logo that is kept in the settings themselves: a <c>data:</c> URI of an SVG, PNG or WebP image.</summary>
/// <param name="Type">Media type.</param>
/// <param name="Content">The image.</param>
internal sealed record LogoImage(string Type, byte[] Content)
{
    /// <summary>Largest image in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly string[] s_types = ["image/svg+xml", "image/png", "image/webp"];

    /// <summary>Reads such a URI; null when it is none, too large, or not of the type that it says.</summary>
    public static LogoImage? Parse(string uri)
    {
        const string Middle = ";base64,";
        var type = s_types.FirstOrDefault(type => uri.StartsWith($"data:{type}{Middle}", StringComparison.Ordinal));
        if (type is null)
        {
            return null;
        }

        var text = Encoding.ASCII.GetBytes(uri[(5 + type.Length + Middle.Length)..]);
        if (!Base64.IsValid(text, out var length) || length is 0 or > MaxBytes)
        {
            return null;
        }

        var content = Convert.FromBase64String(Encoding.ASCII.GetString(text));
        return Is(type, content) ? new LogoImage(type, content) : null;
    }

    /// <summary>The URI of an image file's content.</summary>
    public static string Uri(string type, byte[] content) => $"data:{type};base64,{Convert.ToBase64String(content)}";

    private static bool Is(string type, ReadOnlySpan<byte> content) => type switch
    {
        "image/png" => content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
        "image/webp" => content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8),
        _ => content.IndexOf("<svg"u8) >= 0,
    };
}
