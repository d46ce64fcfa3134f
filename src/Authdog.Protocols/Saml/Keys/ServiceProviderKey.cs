using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Authdog.Protocols.Saml.Errors;

namespace Authdog.Protocols.Saml.Keys;

/// <summary>A key of this service provider with the certificate that metadata publishes for it. Signing and decryption each have their own.</summary>
/// <remarks>Holds bytes and no handle: it can be used by many requests at once, and ten thousand of them cost memory only.</remarks>
public sealed class ServiceProviderKey
{
    private const int RsaBits = 3072;
    private readonly PinnedCertificate _certificate;
    private readonly byte[] _privateKey;
    private readonly bool _isRsa;

    private ServiceProviderKey(PinnedCertificate certificate, byte[] privateKey, bool isRsa) =>
        (_certificate, _privateKey, _isRsa) = (certificate, privateKey, isRsa);

    /// <summary>SHA-256 of the certificate in upper-case hexadecimal.</summary>
    public string Fingerprint => _certificate.Fingerprint;

    /// <summary>The certificate's DER in Base64, as metadata carries it.</summary>
    public string CertificateBase64 => _certificate.Base64;

    /// <summary>End of the certificate's validity.</summary>
    public DateTimeOffset NotAfter => _certificate.NotAfter;

    /// <summary>Whether it can decrypt; only RSA keys can.</summary>
    public bool CanDecrypt => _isRsa;

    /// <summary>The algorithm that this key signs with.</summary>
    internal SignatureAlgorithm Algorithm => _isRsa ? SignatureAlgorithm.RsaSha256 : SignatureAlgorithm.EcdsaSha256;

    /// <summary>Makes a new RSA key with a self-signed certificate, which is what identity providers ask for.</summary>
    /// <param name="commonName">Name in the certificate, for people.</param>
    /// <param name="now">Start of validity.</param>
    /// <param name="lifetime">Length of validity.</param>
    public static ServiceProviderKey Create(string commonName, DateTimeOffset now, TimeSpan lifetime)
    {
        using var rsa = RSA.Create(RsaBits);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        using var certificate = new CertificateRequest(name.Build(), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now, now + lifetime);
        return TryCreate(certificate.RawData, rsa.ExportPkcs8PrivateKey(), out var key, out var error) ? key : throw new InvalidOperationException(error.ToString());
    }

    /// <summary>Reads a certificate and its private key (PKCS #8) from one PEM text, as <see cref="Export"/> writes it.</summary>
    public static bool TryImport(string pem, [NotNullWhen(true)] out ServiceProviderKey? key, [NotNullWhen(false)] out SamlError? error)
    {
        key = null;
        byte[]? certificate = null, privateKey = null;
        foreach (var (part, label) in Parts(pem))
        {
            if (label == "CERTIFICATE")
            {
                certificate ??= part;
            }
            else if (label == "PRIVATE KEY")
            {
                privateKey ??= part;
            }
        }

        if (certificate is not null && privateKey is not null)
        {
            return TryCreate(certificate, privateKey, out key, out error);
        }

        error = new(SamlErrorCode.CertificateUnreadable, "This is not a certificate and its private key in PEM form (BEGIN CERTIFICATE, BEGIN PRIVATE KEY).");
        return false;
    }

    /// <summary>Certificate and key as PEM: encrypt it before it is stored.</summary>
    public string Export() => _certificate.Pem + "\n" + PemEncoding.WriteString("PRIVATE KEY", _privateKey) + "\n";

    /// <summary>Never the key.</summary>
    public override string ToString() => $"ServiceProviderKey({Fingerprint[..8]})";

    /// <summary>Signs with <see cref="Algorithm"/>.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> bytes)
    {
        if (_isRsa)
        {
            using var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(_privateKey, out _);
            return rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(_privateKey, out _);
        return ecdsa.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Unwraps a content key by RSA-OAEP; <see langword="null"/> when it was not wrapped for this key.</summary>
    internal byte[]? Unwrap(ReadOnlySpan<byte> wrapped, RSAEncryptionPadding padding)
    {
        if (!_isRsa)
        {
            return null;
        }

        try
        {
            using var rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(_privateKey, out _);
            return rsa.Decrypt(wrapped, padding);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // A key that does not fit its certificate would publish one thing and sign with another.
    private static bool TryCreate(byte[] certificate, byte[] privateKey, [NotNullWhen(true)] out ServiceProviderKey? key, [NotNullWhen(false)] out SamlError? error)
    {
        key = null;
        if (!PinnedCertificate.TryParse(certificate, out var pinned, out error))
        {
            return false;
        }

        try
        {
            var candidate = new ServiceProviderKey(pinned, privateKey, pinned.IsRsa);
            key = pinned.Verify(candidate.Algorithm, "probe"u8, candidate.Sign("probe"u8)) ? candidate : null;
        }
        catch (CryptographicException)
        {
            // Said below.
        }

        error = key is null ? new(SamlErrorCode.CertificateKey, "The private key does not belong to the certificate.") : null;
        return key is not null;
    }

    private static List<(byte[] Bytes, string Label)> Parts(string pem)
    {
        List<(byte[], string)> parts = [];
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            parts.Add((Convert.FromBase64String(rest[fields.Base64Data].ToString()), rest[fields.Label].ToString()));
            rest = rest[fields.Location.End..];
        }

        return parts;
    }
}
