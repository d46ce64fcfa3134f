using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>Where a certificate is kept. Two endpoints that name the same files share what was read from them.</summary>
/// <param name="Path">Certificate, and its key unless <paramref name="KeyPath"/> has it.</param>
internal sealed record CertificateFiles(string Path, string? KeyPath, string? Password)
{
    /// <summary>The certificate with its key first, then whatever else the file holds.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="CryptographicException">The files are not, or not yet, a certificate and its key.</exception>
    public X509Certificate2Collection Parse(byte[] certificate, byte[]? key)
    {
        var isPem = certificate.AsSpan().IndexOf("-----BEGIN "u8) >= 0;
        return isPem ? ParsePem(Encoding.UTF8.GetString(certificate), key is null ? null : Encoding.UTF8.GetString(key)) : ParsePfx(certificate);
    }

    public override string ToString() => KeyPath is null ? Path : $"{Path} with {KeyPath}";

    private X509Certificate2Collection ParsePem(string certificate, string? key)
    {
        // A line that ends in the middle of a block is a file that is being written.
        if (certificate.AsSpan().Count("-----BEGIN ") != certificate.AsSpan().Count("-----END "))
        {
            throw new CryptographicException("The PEM ends in the middle.");
        }

        var leaf = Password is null
            ? X509Certificate2.CreateFromPem(certificate, key ?? certificate)
            : X509Certificate2.CreateFromEncryptedPem(certificate, key ?? certificate, Password);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(certificate);
        for (var i = all.Count - 1; i >= 0; i--)
        {
            if (all[i].RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span))
            {
                all[i].Dispose();
                all.RemoveAt(i);
            }
        }

        all.Insert(0, WithUsableKey(leaf));
        return all;
    }

    private X509Certificate2Collection ParsePfx(byte[] bytes)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(bytes, Password);
        var leaf = all.FirstOrDefault(certificate => certificate.HasPrivateKey) ?? throw new CryptographicException("The PFX has no private key.");
        all.Remove(leaf);
        all.Insert(0, leaf);
        return all;
    }

    // Windows does TLS only with keys that its own store knows.
    private static X509Certificate2 WithUsableKey(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}
