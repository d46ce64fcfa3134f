using System.Diagnostics.CodeAnalysis;
using Authdog.Protocols.Saml.Encryption;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Signatures;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>Verifies and decrypts in the one order that is safe: the response's signature, decryption, the assertion's signature.</summary>
internal static class ResponseSignatures
{
    /// <summary>Verifies every signature of a well-shaped response and hands on what was signed.</summary>
    public static bool TryVerify(Element root, StrictXmlReader reader, ResponseContext context, [NotNullWhen(true)] out SignedContent? content, [NotNullWhen(false)] out SamlError? error)
    {
        content = null;

        // 1. The response's signature, before anything is decrypted.
        VerifiedElement? response = null;
        if (IsSigned(root) && !XmlSignatureVerifier.TryVerify(root, context.IdentityProvider.SigningCertificates, out response, out error))
        {
            return false;
        }

        // 2. The assertion: in the clear, or encrypted in what was just verified.
        if (root.One(XmlNames.Assertion, "Assertion") is not { } clear)
        {
            return TryDecrypt(response, root, reader, context, out content, out error);
        }

        if (context.Rules.RequireEncryption)
        {
            error = new(SamlErrorCode.EncryptionMissing, "The assertion is not encrypted, and this connection demands it. Give the identity provider our encryption certificate.");
            return false;
        }

        // 3. The assertion's signature. It is verified where it stands in the message: the list of inclusive prefixes may
        //    name some that only the response declares and that its own canonical form leaves out.
        VerifiedElement? assertion = null;
        if (IsSigned(clear) && !XmlSignatureVerifier.TryVerify(clear, context.IdentityProvider.SigningCertificates, out assertion, out error))
        {
            return false;
        }

        // 4. What the connection demands. Consumed is only what a signature covers: the assertion's own bytes, or the
        //    assertion inside the response's bytes.
        error = CheckPlacement(response, assertion, context.Rules.RequiredSignature);
        if (error is not null)
        {
            return false;
        }

        content = new(response?.Root ?? root, response is not null, assertion?.Root ?? response!.Root.One(XmlNames.Assertion, "Assertion")!, false, (assertion ?? response)!.Certificate);
        return true;
    }

    private static bool TryDecrypt(VerifiedElement? response, Element root, StrictXmlReader reader, ResponseContext context, [NotNullWhen(true)] out SignedContent? content, [NotNullWhen(false)] out SamlError? error)
    {
        content = null;
        if (context.ServiceProvider.DecryptionKeys.Count == 0)
        {
            error = new(SamlErrorCode.EncryptionShape, "The assertion is encrypted, and this connection has no decryption key.");
            return false;
        }

        var carrier = (response?.Root ?? root).One(XmlNames.Assertion, "EncryptedAssertion")!;
        if (!EncryptedElement.TryRead(carrier, out var encrypted, out error))
        {
            return false;
        }

        // Nothing below may depend visibly on the plaintext until a signature covers it: with CBC, "this decrypts" and
        // "this parses" are the two answers that reveal a message byte by byte. So there is one answer for all of it.
        VerifiedElement? assertion = null;
        var unusable = new SamlError(SamlErrorCode.EncryptedAssertionUnusable, "The encrypted assertion cannot be used. Either it was encrypted for another key than the one in our metadata, or it was changed, or it is not signed as this connection demands.");
        if (encrypted.Decrypt(context.ServiceProvider.DecryptionKeys, reader) is not { } decrypted
            || !ResponseShape.IsAssertion(decrypted)
            || (IsSigned(decrypted) && !XmlSignatureVerifier.TryVerify(decrypted, context.IdentityProvider.SigningCertificates, out assertion, out _))
            || CheckPlacement(response, assertion, context.Rules.RequiredSignature) is not null)
        {
            error = unusable;
            return false;
        }

        content = new(response?.Root ?? root, response is not null, assertion?.Root ?? decrypted, true, (assertion ?? response)!.Certificate);
        return true;
    }

    private static bool IsSigned(Element element) => element.Count(XmlNames.Signature, "Signature") > 0;

    private static SamlError? CheckPlacement(VerifiedElement? response, VerifiedElement? assertion, SignedPart required)
    {
        if (response is null && assertion is null)
        {
            return new(SamlErrorCode.SignatureMissing, "Neither the response nor the assertion is signed.");
        }

        if (response is null && required is SignedPart.Response or SignedPart.Both)
        {
            return new(SamlErrorCode.SignatureMissing, "The response is not signed, and this connection demands it.");
        }

        return assertion is null && required is SignedPart.Assertion or SignedPart.Both
            ? new(SamlErrorCode.SignatureMissing, "The assertion is not signed, and this connection demands it.")
            : null;
    }
}
