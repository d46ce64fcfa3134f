using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Protocols.Saml.Keys;

/// <summary>A key of this service provider with the certificate that metadata publishes for it. Signing and decryption each have their own.</summary>
public sealed class ServiceProviderKey : IDisposable
{
    private const int RsaBits = 3072;
    private readonly X509Certificate2 _certificate;
    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;

    /// <summary>Takes a certificate with its private key, RSA or ECDSA on P-256. The certificate now belongs to this object.</summary>
    /// <exception cref="ArgumentException">There is no private key of a supported kind.</exception>
    public ServiceProviderKey(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        _certificate = certificate;
        _rsa = certificate.GetRSAPrivateKey();
        _ecdsa = _rsa is null ? certificate.GetECDsaPrivateKey() : null;
        if (_rsa is null && _ecdsa is null)
        {
            throw new ArgumentException("The certificate has no private key, RSA or ECDSA.", nameof(certificate));
        }

        Fingerprint = Convert.ToHexString(SHA256.HashData(certificate.RawData));
    }

    /// <summary>SHA-256 of the certificate in upper-case hexadecimal.</summary>
    public string Fingerprint { get; }

    /// <summary>The certificate's DER in Base64, as metadata carries it.</summary>
    public string CertificateBase64 => Convert.ToBase64String(_certificate.RawData);

    /// <summary>End of the certificate's validity.</summary>
    public DateTimeOffset NotAfter => new(_certificate.NotAfter.ToUniversalTime());

    /// <summary>The algorithm that this key signs with.</summary>
    internal SignatureAlgorithm Algorithm => _rsa is null ? SignatureAlgorithm.EcdsaSha256 : SignatureAlgorithm.RsaSha256;

    /// <summary>Makes a new RSA key with a self-signed certificate, which is what identity providers ask for.</summary>
    /// <param name="commonName">Name in the certificate, for people.</param>
    /// <param name="now">Start of validity.</param>
    /// <param name="lifetime">Length of validity.</param>
    public static ServiceProviderKey Create(string commonName, DateTimeOffset now, TimeSpan lifetime)
    {
        using var rsa = RSA.Create(RsaBits);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        var request = new CertificateRequest(name.Build(), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return new ServiceProviderKey(request.CreateSelfSigned(now, now + lifetime));
    }

    /// <summary>Reads back what <see cref="Export"/> wrote.</summary>
    /// <exception cref="CryptographicException">It is something else.</exception>
    public static ServiceProviderKey Import(ReadOnlySpan<byte> pkcs12) =>
        new(X509CertificateLoader.LoadPkcs12(pkcs12, null, X509KeyStorageFlags.EphemeralKeySet | X509KeyStorageFlags.Exportable));

    /// <summary>Key and certificate as PKCS #12 without a password: encrypt it before it is stored.</summary>
    public byte[] Export() => _certificate.Export(X509ContentType.Pkcs12);

    /// <inheritdoc/>
    public void Dispose()
    {
        _rsa?.Dispose();
        _ecdsa?.Dispose();
        _certificate.Dispose();
    }

    /// <summary>Never the key.</summary>
    public override string ToString() => $"ServiceProviderKey({Fingerprint[..8]})";

    /// <summary>Signs with <see cref="Algorithm"/>.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> bytes) => _rsa is not null
        ? _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        : _ecdsa!.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>Unwraps a content key by RSA-OAEP; <see langword="null"/> when it was not wrapped for this key.</summary>
    internal byte[]? Unwrap(ReadOnlySpan<byte> wrapped, RSAEncryptionPadding padding)
    {
        try
        {
            return _rsa?.Decrypt(wrapped, padding);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
