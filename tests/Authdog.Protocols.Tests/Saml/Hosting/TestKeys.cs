using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Authdog.Protocols.Saml.Keys;

namespace Authdog.Protocols.Tests.Saml.Hosting;

/// <summary>Keys of the test run, made once.</summary>
internal static class TestKeys
{
    private static readonly DateTimeOffset s_from = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The identity provider's key.</summary>
    public static X509Certificate2 Idp { get; } = Rsa("idp", 2048);

    /// <summary>The identity provider's next key.</summary>
    public static X509Certificate2 IdpNext { get; } = Rsa("idp-next", 2048);

    /// <summary>Its ECDSA key.</summary>
    public static X509Certificate2 IdpEc { get; } = Ec("idp-ec", ECCurve.NamedCurves.nistP256);

    /// <summary>A key of the attacker's, with the identity provider's name.</summary>
    public static X509Certificate2 Attacker { get; } = Rsa("idp", 2048);

    /// <summary>A key that is too short.</summary>
    public static X509Certificate2 Weak { get; } = Rsa("weak", 1024);

    public static ServiceProviderKey SpSigning { get; } = Own(Rsa("sp-signing", 2048));

    public static ServiceProviderKey SpDecryption { get; } = Own(Rsa("sp-decryption", 2048));

    public static ServiceProviderKey SpDecryptionOld { get; } = Own(Rsa("sp-decryption-old", 2048));

    public static PinnedCertificate Pin(X509Certificate2 certificate) =>
        PinnedCertificate.TryParse(certificate.RawData, out var pinned, out var error) ? pinned : throw new InvalidOperationException(error.ToString());

    public static ServiceProviderKey Own(X509Certificate2 certificate)
    {
        var key = certificate.GetRSAPrivateKey()?.ExportPkcs8PrivateKeyPem() ?? certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        return ServiceProviderKey.TryImport(certificate.ExportCertificatePem() + "\n" + key, out var own, out var error) ? own : throw new InvalidOperationException(error.ToString());
    }

    public static X509Certificate2 Rsa(string name, int bits)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(s_from, s_from.AddYears(3));
    }

    public static X509Certificate2 Ec(string name, ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(s_from, s_from.AddYears(3));
    }
}
