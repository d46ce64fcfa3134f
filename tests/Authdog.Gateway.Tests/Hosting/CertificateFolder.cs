using System.Security.Cryptography.X509Certificates;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>Certificate files in a folder of their own.</summary>
internal sealed class CertificateFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("authdog-tls-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes <c>name.pem</c> and <c>name.key</c>, each replaced at once as renewal tools do.</summary>
    public void WritePem(string name, X509Certificate2 certificate, params X509Certificate2[] intermediates)
    {
        Replace($"{name}.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Replace($"{name}.pem", string.Join('\n', intermediates.Prepend(certificate).Select(one => one.ExportCertificatePem())));
    }

    public void WritePfx(string name, X509Certificate2 certificate, string password) =>
        System.IO.File.WriteAllBytes(File(name), certificate.Export(X509ContentType.Pkcs12, password));

    public void Replace(string name, string text)
    {
        System.IO.File.WriteAllText(File(name + ".new"), text);
        System.IO.File.Move(File(name + ".new"), File(name), overwrite: true);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
