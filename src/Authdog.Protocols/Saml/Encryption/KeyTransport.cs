using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Encryption;

/// <summary>How content keys are wrapped: RSA-OAEP only. RSA 1.5 is refused whatever it holds (Bleichenbacher).</summary>
internal static class KeyTransport
{
    public const string OaepMgf1p = XmlNames.Encryption + "rsa-oaep-mgf1p";
    public const string Oaep = XmlNames.Encryption11 + "rsa-oaep";

    /// <summary>SHA-1 as the digest of OAEP, and of nothing else.</summary>
    public const string Sha1 = XmlNames.Signature + "sha1";

    /// <summary>The padding that an <c>EncryptionMethod</c> describes.</summary>
    /// <remarks>
    /// The platform uses one hash for digest and mask, so a pair of different ones cannot be done. <c>rsa-oaep-mgf1p</c> fixes
    /// the mask to SHA-1; with another digest, what identity providers send uses that digest for both. SHA-1 is harmless
    /// here: OAEP does not need its collision resistance.
    /// </remarks>
    public static bool TryRead(Element method, [NotNullWhen(true)] out RSAEncryptionPadding? padding, [NotNullWhen(false)] out SamlError? error)
    {
        (padding, error) = (null, null);
        var uri = method.Attribute("Algorithm");
        if (uri is not (OaepMgf1p or Oaep))
        {
            error = new(SamlErrorCode.EncryptionAlgorithm, $"The key transport {SamlError.Quote(uri)} is not allowed; set RSA-OAEP at the identity provider.");
            return false;
        }

        var digest = Digest(method.One(XmlNames.Signature, "DigestMethod")?.Attribute("Algorithm"));
        var mask = uri == OaepMgf1p ? digest : Mask(method.One(XmlNames.Encryption11, "MGF")?.Attribute("Algorithm"));
        if (digest is not { } hash || mask != digest || method.Count(XmlNames.Encryption, "OAEPparams") > 0)
        {
            error = new(SamlErrorCode.EncryptionAlgorithm, "The parameters of RSA-OAEP are not supported; digest and mask must use the same hash, SHA-1 or SHA-256 to SHA-512, without a label.");
            return false;
        }

        padding = RSAEncryptionPadding.CreateOaep(hash);
        return true;
    }

    private static HashAlgorithmName? Digest(string? uri) => uri switch
    {
        null or Sha1 => HashAlgorithmName.SHA1,
        XmlNames.Encryption + "sha256" => HashAlgorithmName.SHA256,
        "http://www.w3.org/2001/04/xmldsig-more#sha384" => HashAlgorithmName.SHA384,
        XmlNames.Encryption + "sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    private static HashAlgorithmName? Mask(string? uri) => uri switch
    {
        null or XmlNames.Encryption11 + "mgf1sha1" => HashAlgorithmName.SHA1,
        XmlNames.Encryption11 + "mgf1sha256" => HashAlgorithmName.SHA256,
        XmlNames.Encryption11 + "mgf1sha384" => HashAlgorithmName.SHA384,
        XmlNames.Encryption11 + "mgf1sha512" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
