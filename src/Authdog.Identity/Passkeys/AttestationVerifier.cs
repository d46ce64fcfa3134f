using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Identity.Passkeys;

/// <summary>Verifies attestation statements of format <c>packed</c> (WebAuthn Level 3, section 8.2), by which security keys prove their model.</summary>
/// <remarks>Other formats (<c>tpm</c>, <c>android-key</c>, <c>apple</c>, <c>fido-u2f</c>) count as unattested: where models are restricted, such authenticators are refused.</remarks>
internal sealed class AttestationVerifier(AttestationRoots roots, TimeProvider time)
{
    private const int MaxCertificates = 6;
    private const string ModelExtension = "1.3.6.1.4.1.45724.1.1.4";

    public AttestationResult Verify(AttestationObject attestation, ReadOnlySpan<byte> clientDataHash)
    {
        if (attestation.Format != "packed")
        {
            // Section 8.7: none is none; whatever stands in it is a sign of something else.
            return attestation.Format == "none" && attestation.Statement.Span is not [0xA0] ? AttestationResult.Invalid.Instance : AttestationResult.Unattested.Instance;
        }

        // 1. The statement has the syntax of its format.
        if (Parse(attestation.Statement) is not { } statement || AuthenticatorClaims.Parse(attestation.AuthenticatorData) is not { } data)
        {
            return AttestationResult.Invalid.Instance;
        }

        byte[] signed = [.. attestation.AuthenticatorData.Span, .. clientDataHash];
        return statement.Certificates.Count == 0 ? VerifySelf(statement, data, signed) : VerifyChain(statement, data, signed);
    }

    // 3. Self attestation: the credential's own key signed, with its own algorithm. It proves no model.
    private static AttestationResult VerifySelf(Statement statement, AuthenticatorClaims data, byte[] signed)
    {
        using var key = CoseKey.Parse(data.PublicKey);
        return key is not null && (long)key.Algorithm == statement.Algorithm && key.Verify(signed, statement.Signature)
            ? AttestationResult.Unattested.Instance
            : AttestationResult.Invalid.Instance;
    }

    // 2. The attestation certificate's key signed; the certificate is what section 8.2.1 asks for; and it leads to a trusted root.
    private AttestationResult VerifyChain(Statement statement, AuthenticatorClaims data, byte[] signed)
    {
        List<X509Certificate2> certificates = [];
        try
        {
            certificates.AddRange(statement.Certificates.Select(X509CertificateLoader.LoadCertificate));
            return IsSignedBy(certificates[0], statement, signed) && IsAttestationCertificate(certificates[0], data.Aaguid) && IsTrusted(certificates)
                ? new AttestationResult.Verified("packed")
                : AttestationResult.Invalid.Instance;
        }
        catch (CryptographicException)
        {
            return AttestationResult.Invalid.Instance;
        }
        finally
        {
            certificates.ForEach(certificate => certificate.Dispose());
        }
    }

    private static bool IsSignedBy(X509Certificate2 certificate, Statement statement, byte[] signed)
    {
        if (!Enum.IsDefined((CoseAlgorithm)statement.Algorithm))
        {
            return false;
        }

        var algorithm = (CoseAlgorithm)statement.Algorithm;
        if (algorithm is CoseAlgorithm.RS256)
        {
            using var rsa = certificate.GetRSAPublicKey();
            return rsa?.VerifyData(signed, statement.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) is true;
        }

        using var ecdsa = certificate.GetECDsaPublicKey();
        return ecdsa?.VerifyData(signed, statement.Signature, CoseKey.Hash(algorithm), DSASignatureFormat.Rfc3279DerSequence) is true;
    }

    private static bool IsAttestationCertificate(X509Certificate2 certificate, Guid aaguid)
    {
        if (certificate.Version != 3
            || !HasSubject(certificate.SubjectName)
            || certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: false })
        {
            return false;
        }

        if (certificate.Extensions[ModelExtension] is not { } model)
        {
            return true;
        }

        // An OCTET STRING of 16 bytes within the extension's own.
        ReadOnlySpan<byte> value = model.RawData;
        return !model.Critical && value is [0x04, 0x10, ..] && value.Length == 18 && new Guid(value[2..], bigEndian: true) == aaguid;
    }

    private static bool HasSubject(X500DistinguishedName subject)
    {
        var parts = subject.EnumerateRelativeDistinguishedNames()
            .Where(part => !part.HasMultipleElements)
            .ToLookup(part => part.GetSingleElementType().Value, part => part.GetSingleElementValue(), StringComparer.Ordinal);
        return parts["2.5.4.6"].Any(country => country is { Length: 2 })
            && parts["2.5.4.10"].Any(organization => organization is { Length: > 0 })
            && parts["2.5.4.11"].Contains("Authenticator Attestation")
            && parts["2.5.4.3"].Any(name => name is { Length: > 0 });
    }

    private bool IsTrusted(List<X509Certificate2> certificates)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots.Certificates);
        certificates.Skip(1).ToList().ForEach(certificate => chain.ChainPolicy.ExtraStore.Add(certificate));

        // Manufacturers publish no revocation lists for these; and nothing a client sends makes the gateway call out.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        var trusted = chain.Build(certificates[0]);
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return trusted;
    }

    private static Statement? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            long? algorithm = null;
            byte[]? signature = null;
            List<byte[]> certificates = [];
            var reader = new CborReader(bytes, CborConformanceMode.Strict);
            reader.ReadStartMap();
            while (reader.PeekState() is not CborReaderState.EndMap)
            {
                switch (reader.ReadTextString())
                {
                    case "alg":
                        algorithm = reader.ReadInt64();
                        break;
                    case "sig":
                        signature = reader.ReadByteString();
                        break;
                    case "x5c" when reader.ReadStartArray() is var count and >= 1 and <= MaxCertificates:
                        for (var read = 0; read < count; read++)
                        {
                            certificates.Add(reader.ReadByteString());
                        }

                        reader.ReadEndArray();
                        break;
                    default:
                        return null;
                }
            }

            reader.ReadEndMap();
            return algorithm is null || signature is null ? null : new Statement(algorithm.Value, signature, certificates);
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    private sealed record Statement(long Algorithm, byte[] Signature, IReadOnlyList<byte[]> Certificates);
}
