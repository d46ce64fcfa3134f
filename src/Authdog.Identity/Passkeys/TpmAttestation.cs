using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Identity.Passkeys;

/// <summary>Statements of format <c>tpm</c> (WebAuthn Level 3, section 8.3): a TPM certifies the key, and the ceremony by its hash; the system composes the rest.</summary>
internal static class TpmAttestation
{
    private const string AikCertificate = "2.23.133.8.3";
    private const string Manufacturer = "2.23.133.2.1";
    private const string Model = "2.23.133.2.2";
    private const string Version = "2.23.133.2.3";
    private const string AlternativeName = "2.5.29.17";

    /// <summary>RS1 (IANA, "COSE Algorithms"): RSA PKCS #1 v1.5 with SHA-1, as older Windows signs.</summary>
    private const long Rs1 = -65535;

    private static readonly Asn1Tag s_directoryName = new(TagClass.ContextSpecific, 4, isConstructed: true);

    public static StatementVerdict Verify(AttestationStatement statement, X509Certificate2 certificate, AttestedCredential credential)
    {
        // 1. The syntax.
        if (!statement.Has("ver", "alg", "x5c", "sig", "certInfo", "pubArea") || statement.Version != "2.0")
        {
            return StatementVerdict.Invalid;
        }

        // 2. The public key of pubArea is the credential's.
        if (TpmPublicArea.Parse(statement.PubArea) is not { } area || !area.IsOf(credential.Key))
        {
            return StatementVerdict.Invalid;
        }

        if (statement.Algorithm == Rs1)
        {
            return StatementVerdict.Unproven;
        }

        // 3. The certificate is what section 8.3.1 asks for, of that model where it names one, and its key signed certInfo.
        if (!IsAikCertificate(certificate)
            || AttestationCertificate.Names(certificate, credential.Claims.Aaguid) is false
            || !AttestationCertificate.Signed(certificate, statement.Algorithm, statement.CertInfo, statement.Signature))
        {
            return StatementVerdict.Invalid;
        }

        // 4. certInfo is a TPM's, certifies a key, of this ceremony, and the one of pubArea.
        return TpmCertification.Parse(statement.CertInfo) is { } certified
            && CryptographicOperations.FixedTimeEquals(certified.ExtraData, CryptographicOperations.HashData(CoseKey.Hash((CoseAlgorithm)statement.Algorithm), credential.Signed))
            && CryptographicOperations.FixedTimeEquals(certified.Name, area.Name)
                ? StatementVerdict.Genuine
                : StatementVerdict.Invalid;
    }

    private static bool IsAikCertificate(X509Certificate2 certificate) =>
        AttestationCertificate.IsLeaf(certificate)
        && certificate.SubjectName.RawData is [0x30, 0x00]
        && certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(static usage => usage.EnhancedKeyUsages[AikCertificate] is not null)
        && certificate.Extensions[AlternativeName] is { } names
        && IsTpmName(names.RawData);

    // TPMv2-EK-Profile, section 3.2.9: a directory name with manufacturer (id: and its four bytes), model and version of the TPM.
    private static bool IsTpmName(byte[] value)
    {
        try
        {
            var reader = new AsnReader(value, AsnEncodingRules.DER);
            var names = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            Dictionary<string, string> attributes = [];
            while (names.HasData)
            {
                if (names.PeekTag() != s_directoryName)
                {
                    names.ReadEncodedValue();
                    continue;
                }

                for (var parts = names.ReadSequence(s_directoryName).ReadSequence(); parts.HasData;)
                {
                    for (var part = parts.ReadSetOf(skipSortOrderValidation: true); part.HasData;)
                    {
                        var attribute = part.ReadSequence();
                        attributes[attribute.ReadObjectIdentifier()] = attribute.ReadCharacterString((UniversalTagNumber)attribute.PeekTag().TagValue);
                    }
                }
            }

            return attributes.TryGetValue(Manufacturer, out var manufacturer)
                && manufacturer.StartsWith("id:", StringComparison.Ordinal) && manufacturer.Length == 11 && manufacturer.Skip(3).All(char.IsAsciiHexDigit)
                && attributes.GetValueOrDefault(Model) is { Length: > 0 }
                && attributes.GetValueOrDefault(Version) is { Length: > 0 };
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException)
        {
            // ArgumentException: a value that is no character string.
            return false;
        }
    }
}
