using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>Reads the listener's own certificate, and those that its callers may show.</summary>
internal static class ListenerCertificates
{
    public static X509Certificate2 LoadOwn(ForwardAuthOptions options)
    {
        using var read = X509Certificate2.CreateFromPemFile(options.CertificateFile!, options.CertificateKeyFile);

        // A key that came from PEM is of no use to TLS on Windows before it went through PKCS #12.
        return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>SHA-256 of each certificate that a caller may show.</summary>
    public static FrozenSet<string> LoadClients(ForwardAuthOptions options)
    {
        X509Certificate2Collection certificates = [];
        certificates.ImportFromPemFile(options.ClientCertificateFile!);
        var prints = certificates.Select(Fingerprint).ToFrozenSet(StringComparer.Ordinal);
        foreach (var certificate in certificates)
        {
            certificate.Dispose();
        }

        return prints.Count > 0 ? prints : throw new CryptographicException("The file has no certificate.");
    }

    public static string Fingerprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);
}
