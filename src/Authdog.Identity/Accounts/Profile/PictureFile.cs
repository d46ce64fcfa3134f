using System.Security.Cryptography;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>An uploaded picture that was read to its last byte and written anew without anything but the picture: no metadata (places, devices, thumbnails), nothing behind its end. Exists only by parsing.</summary>
/// <remarks>The pixels are not decoded: what a browser does with them is the browser's, and nobody but the owner is shown them by the gateway.</remarks>
internal sealed record PictureFile
{
    /// <summary>Largest file.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Longest side in pixels.</summary>
    public const int MaxSide = 4096;

    private PictureFile(string mediaType, byte[] content) =>
        (MediaType, Content, Version) = (mediaType, content, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);

    /// <summary>Such as <c>image/png</c>; of the content, whatever its name or the client said.</summary>
    public string MediaType { get; }

    /// <summary>The picture.</summary>
    public byte[] Content { get; }

    /// <summary>Changes with the content.</summary>
    public string Version { get; }

    /// <summary>Reads a PNG, JPEG or WebP; null when it is none, is damaged, moves, or is too large.</summary>
    public static PictureFile? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length is 0 or > MaxBytes)
        {
            return null;
        }

        return PngPicture.Clean(file) is { } png ? new PictureFile("image/png", png)
            : JpegPicture.Clean(file) is { } jpeg ? new PictureFile("image/jpeg", jpeg)
            : WebPPicture.Clean(file) is { } webp ? new PictureFile("image/webp", webp)
            : null;
    }

    /// <summary>Whether both sides are in bounds.</summary>
    internal static bool IsSize(long width, long height) => width is >= 1 and <= MaxSide && height is >= 1 and <= MaxSide;
}
