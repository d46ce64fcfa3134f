using System.Security.Cryptography.X509Certificates;

namespace Authdog.Identity.Passkeys;

/// <summary>Statements of format <c>fido-u2f</c> (WebAuthn Level 3, section 8.6): those of older security keys. What is signed has no model in it.</summary>
internal static class U2fAttestation
{
    public static StatementVerdict Verify(AttestationStatement statement, X509Certificate2 certificate, AttestedCredential credential)
    {
        // 1. and 2. The syntax, exactly one certificate, and a key on P-256.
        if (!statement.Has("sig", "x5c") || statement.Certificates.Count != 1 || !AttestationCertificate.IsOnP256(certificate))
        {
            return StatementVerdict.Invalid;
        }

        // 3. and 4. RP ID hash and credential id are in the data; the key as an uncompressed point, which only ES256 has.
        if (credential.Key.ToPoint() is not { } point)
        {
            return StatementVerdict.Invalid;
        }

        // 5. and 6.
        byte[] signed = [0x00, .. credential.AuthenticatorData.Span[..32], .. credential.ClientDataHash, .. credential.Claims.CredentialId.Span, .. point];
        return AttestationCertificate.Signed(certificate, (long)CoseAlgorithm.ES256, signed, statement.Signature)
            && AttestationCertificate.Names(certificate, credential.Claims.Aaguid) is not false
                ? StatementVerdict.Genuine
                : StatementVerdict.Invalid;

        // 7. Whether the certificate is one device's or a batch's makes no difference here.
    }
}
