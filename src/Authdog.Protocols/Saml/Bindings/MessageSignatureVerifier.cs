using System.Diagnostics.CodeAnalysis;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Signatures;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Bindings;

/// <summary>Verifies a whole message that has to be signed: by its query with the redirect binding, by its XML signature with the post binding.</summary>
internal static class MessageSignatureVerifier
{
    /// <summary>Verifies, and returns the message read from what was signed.</summary>
    public static bool TryVerify(
        ReceivedMessage message,
        IReadOnlyList<PinnedCertificate> certificates,
        [NotNullWhen(true)] out VerifiedElement? verified,
        [NotNullWhen(false)] out SamlError? error)
    {
        verified = null;
        if (!new StrictXmlReader(StrictXmlReader.MaxMessageBytes).TryRead(message.Xml.Span, out var root, out error))
        {
            return false;
        }

        // One signature at most, and only where the binding has it.
        var inside = root.Descendants().Count(element => element.LocalName == "Signature");
        if (inside > (message.Binding is SamlBinding.HttpPost ? 1 : 0))
        {
            error = new(SamlErrorCode.SignatureShape, "The message has a signature where none belongs.");
            return false;
        }

        if (message.Binding is SamlBinding.HttpPost)
        {
            if (inside == 1)
            {
                return XmlSignatureVerifier.TryVerify(root, certificates, out verified, out error);
            }

            error = Unsigned(root);
            return false;
        }

        if (message.QuerySignature is not { } signature)
        {
            error = Unsigned(root);
            return false;
        }

        if (SignatureAlgorithm.Find(signature.Algorithm) is not { } algorithm)
        {
            error = new(SamlErrorCode.SignatureAlgorithm, $"The signature algorithm {SamlError.Quote(signature.Algorithm)} is not allowed; set RSA or ECDSA with SHA-256 or stronger at the identity provider.");
            return false;
        }

        if (certificates.FirstOrDefault(pinned => pinned.Verify(algorithm, signature.SignedText.Span, signature.Signature.Span)) is not { } certificate)
        {
            error = new(SamlErrorCode.SignatureUntrusted, $"The signature of {root.LocalName} was not made by the certificate of this connection.");
            return false;
        }

        // The query covers these very bytes.
        verified = new VerifiedElement(root, certificate);
        return true;
    }

    private static SamlError Unsigned(Element root) => new(SamlErrorCode.SignatureMissing, $"The {root.LocalName} is not signed. Set the identity provider to sign logout messages.");
}
