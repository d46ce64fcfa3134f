using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Identity.Passkeys;

/// <summary>Statements of format <c>apple</c> (WebAuthn Level 3, section 8.8): the certificate, made for this credential and this ceremony, is the whole statement.</summary>
internal static class AppleAttestation
{
    private const string NonceExtension = "1.2.840.113635.100.8.2";
    private static readonly Asn1Tag s_nonce = new(TagClass.ContextSpecific, 1, isConstructed: true);

    public static StatementVerdict Verify(AttestationStatement statement, X509Certificate2 certificate, AttestedCredential credential)
    {
        // 1. The syntax; iOS 14 put an algorithm beside it, which says nothing here.
        if (!statement.Has("x5c") && !statement.Has("alg", "x5c"))
        {
            return StatementVerdict.Invalid;
        }

        // 2. to 5.
        return certificate.Extensions[NonceExtension] is { } extension
            && ReadNonce(extension.RawData) is { } nonce
            && CryptographicOperations.FixedTimeEquals(nonce, SHA256.HashData(credential.Signed))
            && AttestationCertificate.IsFor(certificate, credential.Key)
                ? StatementVerdict.Genuine
                : StatementVerdict.Invalid;
    }

    // SEQUENCE { nonce [1] EXPLICIT OCTET STRING }
    private static byte[]? ReadNonce(byte[] value)
    {
        try
        {
            var reader = new AsnReader(value, AsnEncodingRules.DER);
            var sequence = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            var wrapped = sequence.ReadSequence(s_nonce);
            sequence.ThrowIfNotEmpty();
            var nonce = wrapped.ReadOctetString();
            wrapped.ThrowIfNotEmpty();
            return nonce;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
