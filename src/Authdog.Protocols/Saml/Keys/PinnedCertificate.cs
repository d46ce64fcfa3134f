using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Keys;

/// <summary>A certificate of an identity provider as the connection holds it. Its key counts; no chain is built, and what a message brings along in <c>KeyInfo</c> is never looked at.</summary>
/// <remarks>Holds bytes and no handle, so ten thousand of them cost memory only.</remarks>
public sealed class PinnedCertificate
{
    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 8192;
    private const int MaxBytes = 16 * 1024;
    private static readonly string[] s_curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];
    private readonly byte[] _certificate;
    private readonly byte[] _publicKey;

    private PinnedCertificate(X509Certificate2 certificate, bool isRsa)
    {
        _certificate = certificate.RawData;
        _publicKey = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        IsRsa = isRsa;
        Fingerprint = Convert.ToHexString(SHA256.HashData(_certificate));
        Subject = certificate.Subject;
        NotBefore = new DateTimeOffset(certificate.NotBefore.ToUniversalTime());
        NotAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
    }

    /// <summary>SHA-256 of the certificate in upper-case hexadecimal.</summary>
    public string Fingerprint { get; }

    /// <summary>Its subject, for people.</summary>
    public string Subject { get; }

    /// <summary>Start of validity. Outside its validity a pinned key still verifies: an expired certificate is a warning, no outage.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>End of validity.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>The certificate as PEM.</summary>
    public string Pem => PemEncoding.WriteString("CERTIFICATE", _certificate);

    /// <summary>The certificate's DER in Base64.</summary>
    internal string Base64 => Convert.ToBase64String(_certificate);

    /// <summary>Whether its key is RSA; otherwise it is ECDSA.</summary>
    internal bool IsRsa { get; }

    /// <summary>Reads PEM, or the Base64 that metadata and the pages of identity providers show, with or without white space.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PinnedCertificate? certificate, [NotNullWhen(false)] out SamlError? error)
    {
        const string Begin = "-----BEGIN CERTIFICATE-----";
        const string End = "-----END CERTIFICATE-----";
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        var base64 = begin >= 0 && end > begin ? text[(begin + Begin.Length)..end] : text;
        if (text.LastIndexOf(Begin, StringComparison.Ordinal) == begin && Xml.Base64.TryDecode(base64, MaxBytes, out var der))
        {
            return TryParse(der, out certificate, out error);
        }

        certificate = null;
        error = new(SamlErrorCode.CertificateUnreadable, "This is not one certificate in PEM or Base64 form.");
        return false;
    }

    /// <summary>Reads DER.</summary>
    public static bool TryParse(ReadOnlySpan<byte> der, [NotNullWhen(true)] out PinnedCertificate? certificate, [NotNullWhen(false)] out SamlError? error)
    {
        certificate = null;
        try
        {
            using var loaded = X509CertificateLoader.LoadCertificate(der);
            using var rsa = loaded.GetRSAPublicKey();
            using var ecdsa = rsa is null ? loaded.GetECDsaPublicKey() : null;
            error = rsa is not null ? CheckRsa(rsa.KeySize)
                : ecdsa is not null ? CheckCurve(ecdsa.ExportParameters(false).Curve)
                : new(SamlErrorCode.CertificateKey, "The certificate's key is neither RSA nor ECDSA.");
            if (error is null)
            {
                certificate = new PinnedCertificate(loaded, rsa is not null);
            }
        }
        catch (CryptographicException)
        {
            error = new(SamlErrorCode.CertificateUnreadable, "This is not an X.509 certificate.");
        }

        return certificate is not null;
    }

    /// <summary>Whether this key made the signature.</summary>
    internal bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature)
    {
        if (IsRsa != algorithm.Scheme is SignatureScheme.RsaPkcs1 or SignatureScheme.RsaPss)
        {
            return false;
        }

        try
        {
            if (!IsRsa)
            {
                using var ecdsa = ECDsa.Create();
                ecdsa.ImportSubjectPublicKeyInfo(_publicKey, out _);
                return ecdsa.VerifyData(bytes, signature, algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            }

            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(_publicKey, out _);
            return rsa.VerifyData(bytes, signature, algorithm.Hash, algorithm.Scheme is SignatureScheme.RsaPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static SamlError? CheckRsa(int bits) => bits is >= MinRsaBits and <= MaxRsaBits
        ? null
        : new(SamlErrorCode.CertificateKey, $"The certificate's RSA key has {bits} bits; {MinRsaBits} to {MaxRsaBits} are accepted.");

    private static SamlError? CheckCurve(ECCurve curve) => curve.IsNamed && s_curves.Contains(curve.Oid.Value, StringComparer.Ordinal)
        ? null
        : new(SamlErrorCode.CertificateKey, "The certificate's ECDSA key is not on P-256, P-384 or P-521.");
}
