using System.Security.Cryptography;

namespace Authdog.Protocols.Saml.Keys;

/// <summary>The digests of signed elements: SHA-256, SHA-384, SHA-512.</summary>
internal static class DigestAlgorithm
{
    public const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    private const string Sha384 = "http://www.w3.org/2001/04/xmldsig-more#sha384";
    private const string Sha512 = "http://www.w3.org/2001/04/xmlenc#sha512";

    /// <summary>Digest by an allowed algorithm; <see langword="null"/> for any other identifier.</summary>
    public static byte[]? Compute(string? uri, ReadOnlySpan<byte> bytes) => uri switch
    {
        Sha256 => SHA256.HashData(bytes),
        Sha384 => SHA384.HashData(bytes),
        Sha512 => SHA512.HashData(bytes),
        _ => null,
    };
}
