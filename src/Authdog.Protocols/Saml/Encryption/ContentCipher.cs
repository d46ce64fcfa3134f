using System.Security.Cryptography;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Encryption;

/// <summary>A content encryption that may occur: AES with 128 or 256 bits, in GCM or, because many identity providers know no other, in CBC.</summary>
/// <param name="Uri">Its identifier (XML Encryption 1.1).</param>
/// <param name="KeyBytes">Length of its key.</param>
/// <param name="IsGcm">GCM or CBC.</param>
internal sealed record ContentCipher(string Uri, int KeyBytes, bool IsGcm)
{
    private const int BlockBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>All of them, in the order of preference that metadata shows.</summary>
    public static IReadOnlyList<ContentCipher> All { get; } =
    [
        new(XmlNames.Encryption11 + "aes256-gcm", 32, true),
        new(XmlNames.Encryption11 + "aes128-gcm", 16, true),
        new(XmlNames.Encryption + "aes256-cbc", 32, false),
        new(XmlNames.Encryption + "aes128-cbc", 16, false),
    ];

    /// <summary>The allowed cipher of that identifier.</summary>
    public static ContentCipher? Find(string? uri) => All.FirstOrDefault(cipher => cipher.Uri == uri);

    /// <summary>Decrypts; <see langword="null"/> for whatever reason it cannot.</summary>
    public byte[]? Decrypt(byte[] key, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return IsGcm ? DecryptGcm(key, bytes) : DecryptCbc(key, bytes);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[]? DecryptGcm(byte[] key, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= NonceBytes + TagBytes)
        {
            return null;
        }

        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(bytes[..NonceBytes], bytes[NonceBytes..^TagBytes], bytes[^TagBytes..], plain);
        return plain;
    }

    // The last byte counts the padding, the others are arbitrary (XML Encryption, section 5.2).
    private static byte[]? DecryptCbc(byte[] key, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 * BlockBytes || bytes.Length % BlockBytes != 0)
        {
            return null;
        }

        using var aes = Aes.Create();
        aes.Key = key;
        var padded = aes.DecryptCbc(bytes[BlockBytes..], bytes[..BlockBytes], PaddingMode.None);
        return padded[^1] is >= 1 and <= BlockBytes ? padded[..^padded[^1]] : null;
    }
}
