using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Signatures;

/// <summary>Verifies the enveloped signature of one element by the narrow profile that SAML core, section 5.4, allows.</summary>
internal static class XmlSignatureVerifier
{
    private const int MaxSignatureBytes = 2048;

    /// <summary>Verifies an element that carries exactly one signature as its child.</summary>
    /// <param name="element">The element, as read from the message.</param>
    /// <param name="certificates">The connection's certificates; any of them may have signed.</param>
    /// <param name="verified">The element, read again from the signed bytes.</param>
    /// <param name="error">Why it is refused.</param>
    public static bool TryVerify(
        Element element,
        IReadOnlyList<PinnedCertificate> certificates,
        [NotNullWhen(true)] out VerifiedElement? verified,
        [NotNullWhen(false)] out SamlError? error)
    {
        verified = null;

        // 1. One signature, a direct child, of SignedInfo, SignatureValue and at most one KeyInfo. An Object could hold a
        //    second, signed copy of anything. KeyInfo is not read: whom to believe is the connection's matter.
        if (element.One(XmlNames.Signature, "Signature") is not { } signature
            || signature.One(XmlNames.Signature, "SignedInfo") is not { } signedInfo
            || signature.One(XmlNames.Signature, "SignatureValue") is not { } signatureValue
            || signature.Elements.Count() != 2 + signature.Count(XmlNames.Signature, "KeyInfo")
            || signature.Count(XmlNames.Signature, "KeyInfo") > 1
            || signatureValue.Elements.Any()
            || !Base64.TryDecode(signatureValue.Content, MaxSignatureBytes, out var signatureBytes))
        {
            error = new(SamlErrorCode.SignatureShape, $"The signature of {element.LocalName} is not one SignedInfo and one SignatureValue.");
            return false;
        }

        // 2. SignedInfo is canonicalized exclusively, and signed with an algorithm of the list.
        if (!SignedInfoReader.TryReadMethods(signedInfo, out var algorithm, out var prefixes, out error))
        {
            return false;
        }

        // 3. A pinned key signed these bytes.
        var signedBytes = ExclusiveCanonicalization.Write(signedInfo, prefixes);
        if (certificates.FirstOrDefault(pinned => pinned.Verify(algorithm, signedBytes, signatureBytes)) is not { } certificate)
        {
            error = certificates.Count == 0
                ? new(SamlErrorCode.NoCertificate, "The connection has no signing certificate of the identity provider.")
                : new(SamlErrorCode.SignatureUntrusted, $"The signature of {element.LocalName} was not made by the certificate of this connection. Compare the certificate here with the signing certificate at the identity provider; it may have been renewed there.");
            return false;
        }

        // 4. From here on SignedInfo is what those bytes say, not what the message says.
        if (!new StrictXmlReader(StrictXmlReader.MaxMessageBytes).TryRead(signedBytes, out var trustedInfo, out error)
            || !SignedInfoReader.TryReadReference(trustedInfo, out var reference, out error))
        {
            return false;
        }

        // 5. The one reference names the element that carries the signature. An empty reference means "the document",
        //    which depends on who reads; SAML core, section 5.4.2, demands the identifier.
        if (element.Attribute("ID") is not { Length: > 0 } id || reference.Uri != "#" + id)
        {
            error = new(SamlErrorCode.SignatureReference, $"The signature of {element.LocalName} refers to {SamlError.Quote(reference.Uri)}, not to the element that it stands in.");
            return false;
        }

        // 6. The element without its signature has the signed digest.
        var canonical = ExclusiveCanonicalization.Write(element, reference.InclusivePrefixes, without: signature);
        if (DigestAlgorithm.Compute(reference.DigestMethod, canonical) is not { } digest || !CryptographicOperations.FixedTimeEquals(digest, reference.Digest))
        {
            error = new(SamlErrorCode.SignatureDigest, $"The {element.LocalName} was changed after it was signed.");
            return false;
        }

        // 7. What is consumed is read from the digested bytes.
        if (!new StrictXmlReader(Math.Max(StrictXmlReader.MaxMessageBytes, canonical.Length)).TryRead(canonical, out var root, out error))
        {
            return false;
        }

        verified = new VerifiedElement(root, certificate);
        return true;
    }
}
