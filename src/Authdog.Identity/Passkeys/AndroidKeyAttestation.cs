using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Identity.Passkeys;

/// <summary>Statements of format <c>android-key</c> (WebAuthn Level 3, section 8.4): the hardware certifies the key and the ceremony, and the system composes the rest.</summary>
internal static class AndroidKeyAttestation
{
    public static StatementVerdict Verify(AttestationStatement statement, X509Certificate2 certificate, AttestedCredential credential)
    {
        // 1. to 4. The syntax; the certificate's key signed and is the credential's; the challenge is this ceremony's.
        if (!statement.Has("alg", "sig", "x5c")
            || !AttestationCertificate.Signed(certificate, statement.Algorithm, credential.Signed, statement.Signature)
            || !AttestationCertificate.IsFor(certificate, credential.Key)
            || certificate.Extensions[AndroidKeyDescription.Extension] is not { } extension
            || AndroidKeyDescription.Parse(extension.RawData) is not { } description
            || !CryptographicOperations.FixedTimeEquals(description.Challenge, credential.ClientDataHash))
        {
            return StatementVerdict.Invalid;
        }

        // 5. The key is this one app's. What the hardware itself enforces counts: made there, and to sign. What it does not say proves nothing.
        return description.HasAllApplications || description.Origin is not (null or AndroidKeyDescription.OriginGenerated) || description.Purposes.Except(AndroidKeyDescription.Signing).Any()
            ? StatementVerdict.Invalid
            : description.Origin is not null && description.Purposes.Contains(AndroidKeyDescription.PurposeSign) ? StatementVerdict.Genuine : StatementVerdict.Unproven;
    }
}
