namespace Authdog.Gateway.Edge.Tls;

/// <summary>A certificate and its key as files: PEM (chain) with <see cref="KeyPath"/>, one PEM with both, or PFX. Paths begin at the folder of the configuration file.</summary>
internal sealed class CertificateSettings
{
    public string? Path { get; set; }

    public string? KeyPath { get; set; }

    /// <summary>Of the PFX, or of an encrypted key.</summary>
    public string? Password { get; set; }

    internal CertificateFiles Files(string basePath) =>
        new(System.IO.Path.GetFullPath(Path!, basePath), KeyPath is null ? null : System.IO.Path.GetFullPath(KeyPath, basePath), Password);
}
