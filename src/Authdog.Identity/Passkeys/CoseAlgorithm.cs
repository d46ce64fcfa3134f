namespace Authdog.Identity.Passkeys;

/// <summary>Signature algorithms that are offered and accepted (IANA, "COSE Algorithms"), each with the one kind of key that WebAuthn Level 3, section 5.8.5, allows for it.</summary>
internal enum CoseAlgorithm
{
    /// <summary>ECDSA on P-256 with SHA-256.</summary>
    ES256 = -7,

    /// <summary>ECDSA on P-384 with SHA-384.</summary>
    ES384 = -35,

    /// <summary>ECDSA on P-521 with SHA-512.</summary>
    ES512 = -36,

    /// <summary>RSA PKCS #1 v1.5 with SHA-256.</summary>
    RS256 = -257,
}
