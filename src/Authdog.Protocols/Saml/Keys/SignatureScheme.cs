namespace Authdog.Protocols.Saml.Keys;

/// <summary>How a key signs.</summary>
internal enum SignatureScheme
{
    /// <summary>RSASSA-PKCS1-v1_5.</summary>
    RsaPkcs1,

    /// <summary>RSASSA-PSS with MGF1 over the same hash and a salt of its length.</summary>
    RsaPss,

    /// <summary>ECDSA, signature as the fixed-length concatenation of r and s.</summary>
    Ecdsa,
}
