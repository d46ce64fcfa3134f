using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Identity.Passkeys;

/// <summary>Verifies attestation statements (WebAuthn Level 3, section 8), by which authenticators prove their model.</summary>
/// <remarks>
/// A model is proved where somebody trusted vouches for the AAGUID itself. An authenticator with a <c>packed</c> statement says it; so does a certificate that
/// names it. In all other formats the AAGUID is composed by the system around the hardware, and whoever owns the system can write what they like: those prove a
/// model only up to roots that the operator has named for that very model (<c>Passkeys:Authenticators</c>), as FIDO's metadata service does.
/// </remarks>
internal sealed class AttestationVerifier(AttestationRoots roots, TimeProvider time)
{
    private const string Packed = "packed";
    private static readonly FrozenDictionary<string, Func<AttestationStatement, X509Certificate2, AttestedCredential, StatementVerdict>> s_formats =
        new Dictionary<string, Func<AttestationStatement, X509Certificate2, AttestedCredential, StatementVerdict>>(StringComparer.Ordinal)
        {
            [Packed] = PackedAttestation.Verify,
            ["tpm"] = TpmAttestation.Verify,
            ["android-key"] = AndroidKeyAttestation.Verify,
            ["fido-u2f"] = U2fAttestation.Verify,
            ["apple"] = AppleAttestation.Verify,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public AttestationResult Verify(AttestationObject attestation, ReadOnlySpan<byte> clientDataHash)
    {
        // Section 8.7: none is none; whatever stands in it is a sign of something else.
        if (attestation.Format == "none" && attestation.Statement.Span is not [0xA0])
        {
            return AttestationResult.Invalid.Instance;
        }

        if (!s_formats.TryGetValue(attestation.Format, out var verify))
        {
            return AttestationResult.Unattested.Instance;
        }

        if (AttestationStatement.Parse(attestation.Statement) is not { } statement || AuthenticatorClaims.Parse(attestation.AuthenticatorData) is not { } claims)
        {
            return AttestationResult.Invalid.Instance;
        }

        using var key = CoseKey.Parse(claims.PublicKey);
        if (key is null)
        {
            return AttestationResult.Invalid.Instance;
        }

        AttestedCredential credential = new(attestation.AuthenticatorData, clientDataHash.ToArray(), claims, key);
        if (statement.Certificates.Count > 0)
        {
            return VerifyChain(attestation.Format, verify, statement, credential);
        }

        return attestation.Format == Packed && PackedAttestation.IsSelf(statement, credential) ? AttestationResult.Unattested.Instance : AttestationResult.Invalid.Instance;
    }

    private AttestationResult VerifyChain(
        string format, Func<AttestationStatement, X509Certificate2, AttestedCredential, StatementVerdict> verify, AttestationStatement statement, AttestedCredential credential)
    {
        List<X509Certificate2> certificates = [];
        try
        {
            certificates.AddRange(statement.Certificates.Select(X509CertificateLoader.LoadCertificate));
            return verify(statement, certificates[0], credential) switch
            {
                StatementVerdict.Genuine when IsProved(format, certificates, credential.Claims.Aaguid) => new AttestationResult.Verified(format),
                StatementVerdict.Invalid => AttestationResult.Invalid.Instance,
                _ => AttestationResult.Unattested.Instance,
            };
        }
        catch (CryptographicException)
        {
            return AttestationResult.Invalid.Instance;
        }
        finally
        {
            certificates.ForEach(static certificate => certificate.Dispose());
        }
    }

    private bool IsProved(string format, List<X509Certificate2> certificates, Guid aaguid) => roots.Of(aaguid) is { } own
        ? IsTrusted(certificates, own)
        : (format == Packed || AttestationCertificate.Names(certificates[0], aaguid) is true) && IsTrusted(certificates, roots.Certificates);

    private bool IsTrusted(List<X509Certificate2> certificates, X509Certificate2Collection trusted)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        certificates.Skip(1).ToList().ForEach(certificate => chain.ChainPolicy.ExtraStore.Add(certificate));

        // Manufacturers publish no revocation lists for these; and nothing a client sends makes the gateway call out.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        var built = chain.Build(certificates[0]);
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return built;
    }
}
