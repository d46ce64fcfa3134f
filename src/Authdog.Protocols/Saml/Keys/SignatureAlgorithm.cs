using System.Security.Cryptography;

namespace Authdog.Protocols.Saml.Keys;

/// <summary>A signature algorithm that may occur: SHA-256 and up with RSA or ECDSA. No SHA-1, no HMAC, no <c>none</c>.</summary>
/// <param name="Uri">Its identifier (XML Signature 1.1, RFC 6931, RFC 9231).</param>
/// <param name="Scheme">How the key signs.</param>
/// <param name="Hash">What is signed.</param>
internal sealed record SignatureAlgorithm(string Uri, SignatureScheme Scheme, HashAlgorithmName Hash)
{
    private static readonly SignatureAlgorithm[] s_all =
    [
        new("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", SignatureScheme.RsaPkcs1, HashAlgorithmName.SHA256),
        new("http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", SignatureScheme.RsaPkcs1, HashAlgorithmName.SHA384),
        new("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", SignatureScheme.RsaPkcs1, HashAlgorithmName.SHA512),
        new("http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", SignatureScheme.RsaPss, HashAlgorithmName.SHA256),
        new("http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1", SignatureScheme.RsaPss, HashAlgorithmName.SHA384),
        new("http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1", SignatureScheme.RsaPss, HashAlgorithmName.SHA512),
        new("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", SignatureScheme.Ecdsa, HashAlgorithmName.SHA256),
        new("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", SignatureScheme.Ecdsa, HashAlgorithmName.SHA384),
        new("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", SignatureScheme.Ecdsa, HashAlgorithmName.SHA512),
    ];

    /// <summary>What this gateway signs with, by kind of key.</summary>
    public static SignatureAlgorithm RsaSha256 => s_all[0];

    /// <summary>What this gateway signs with, by kind of key.</summary>
    public static SignatureAlgorithm EcdsaSha256 => s_all[6];

    /// <summary>The allowed algorithm of that identifier.</summary>
    public static SignatureAlgorithm? Find(string? uri) => Array.Find(s_all, algorithm => algorithm.Uri == uri);
}
