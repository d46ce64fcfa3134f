using System.Security.Cryptography.X509Certificates;

namespace Authdog.Identity.Passkeys;

/// <summary>Statements of format <c>packed</c> (WebAuthn Level 3, section 8.2): those of security keys. The authenticator itself composes and signs what it says, its model included.</summary>
internal static class PackedAttestation
{
    public static StatementVerdict Verify(AttestationStatement statement, X509Certificate2 certificate, AttestedCredential credential)
    {
        // 1. The statement has the syntax of its format.
        // 2. x5c is present: the attestation certificate's key signed; the certificate is what section 8.2.1 asks for, and of that model.
        return statement.Has("alg", "sig", "x5c")
            && AttestationCertificate.Signed(certificate, statement.Algorithm, credential.Signed, statement.Signature)
            && AttestationCertificate.IsLeaf(certificate)
            && HasSubject(certificate.SubjectName)
            && AttestationCertificate.Names(certificate, credential.Claims.Aaguid) is not false
                ? StatementVerdict.Genuine
                : StatementVerdict.Invalid;
    }

    /// <summary>3. x5c is not present: self attestation. The credential's own key signed, with its own algorithm; it proves no model.</summary>
    public static bool IsSelf(AttestationStatement statement, AttestedCredential credential) =>
        statement.Has("alg", "sig") && (long)credential.Key.Algorithm == statement.Algorithm && credential.Key.Verify(credential.Signed, statement.Signature);

    private static bool HasSubject(X500DistinguishedName subject)
    {
        var parts = subject.EnumerateRelativeDistinguishedNames()
            .Where(static part => !part.HasMultipleElements)
            .ToLookup(static part => part.GetSingleElementType().Value, static part => part.GetSingleElementValue(), StringComparer.Ordinal);
        return parts["2.5.4.6"].Any(static country => country is { Length: 2 })
            && parts["2.5.4.10"].Any(static organization => organization is { Length: > 0 })
            && parts["2.5.4.11"].Contains("Authenticator Attestation")
            && parts["2.5.4.3"].Any(static name => name is { Length: > 0 });
    }
}
