using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.TestKit.Saml;

/// <summary>A key of an identity provider, made for the test run, as PEM.</summary>
/// <param name="PrivateKey">PKCS #8.</param>
/// <param name="Certificate">Self-signed.</param>
public sealed record SamlIdpKey(string PrivateKey, string Certificate)
{
    /// <summary>Makes an RSA key of 2048 bits.</summary>
    public static SamlIdpKey Create(string name)
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        return new(rsa.ExportPkcs8PrivateKeyPem(), certificate.ExportCertificatePem());
    }
}
