using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging.Abstractions;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>What must hold for section <c>Kestrel</c>: every mistake, with its cure.</summary>
internal static class TlsRules
{
    /// <param name="options">The section.</param>
    /// <param name="tls">Section <c>Gateway:Tls</c>; null when it has mistakes of its own.</param>
    /// <param name="urls">Entries of <c>Urls</c>.</param>
    /// <param name="basePath">Where relative paths begin.</param>
    public static List<string> Check(KestrelOptions options, TlsOptions? tls, ListeningUrls urls, string basePath)
    {
        List<string> errors = [];
        foreach (var name in options.Certificates.Keys.Where(name => !name.Equals("Default", StringComparison.OrdinalIgnoreCase)))
        {
            errors.Add($"AG1022 Kestrel:Certificates:{name} is used by nothing: call it 'Default', or move it to an endpoint (Kestrel:Endpoints:…:Certificate).");
        }

        var fallback = options.Certificates.TryGetValue("Default", out var named) ? named : null;
        CheckCertificate(errors, "Kestrel:Certificates:Default", fallback, basePath);
        CheckProtocols(errors, "Kestrel:EndpointDefaults", options.EndpointDefaults.SslProtocols);
        CheckClients(errors, "Kestrel:EndpointDefaults", options.EndpointDefaults.ClientCertificateMode, tls);
        foreach (var (name, endpoint) in options.Endpoints)
        {
            CheckHttp3(errors, $"Kestrel:Endpoints:{name}", endpoint, options.EndpointDefaults);
            CheckEndpoint(errors, $"Kestrel:Endpoints:{name}", endpoint, fallback, tls, basePath);
        }

        if (options.Endpoints.Count == 0 && urls.AnyHttps)
        {
            CheckHttp3(errors, "Kestrel:EndpointDefaults", new EndpointSettings(), options.EndpointDefaults);
        }

        if (options.Endpoints.Count == 0 && urls.AnyHttps && fallback is null)
        {
            errors.Add("AG1023 Urls has an https address, but there is no certificate: name its files in Kestrel:Certificates:Default:Path and KeyPath.");
        }

        foreach (var port in urls.AmbiguousPorts)
        {
            errors.Add($"AG1032 Urls names port {port} with http and with https: name these listeners in Kestrel:Endpoints instead.");
        }

        CheckAuthorities(errors, tls, basePath);
        return errors;
    }

    private static void CheckEndpoint(List<string> errors, string key, EndpointSettings endpoint, CertificateSettings? fallback, TlsOptions? tls, string basePath)
    {
        if (endpoint.Url is null || !(endpoint.IsHttps || endpoint.Url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)))
        {
            errors.Add($"AG1024 {key}:Url = '{endpoint.Url}' is not a place to listen: write it like 'https://*:443' or 'http://localhost:8080'.");
            return;
        }

        if (!endpoint.IsHttps && (endpoint.Certificate is not null || endpoint.Sni.Count > 0))
        {
            errors.Add($"AG1030 {key} has certificates, but its Url is plain http: write 'https://…', or remove them.");
            return;
        }

        CheckProtocols(errors, key, endpoint.SslProtocols);
        CheckClients(errors, key, endpoint.ClientCertificateMode, tls);
        CheckCertificate(errors, $"{key}:Certificate", endpoint.Certificate, basePath);
        var all = endpoint.Certificate ?? fallback;
        if (endpoint.IsHttps && all is null && endpoint.Sni.Count == 0)
        {
            errors.Add($"AG1023 {key} is https, but there is no certificate: name its files in {key}:Certificate:Path and KeyPath.");
        }

        foreach (var (host, sni) in endpoint.Sni)
        {
            var place = $"{key}:Sni:{host}";
            if (!IsHost(host))
            {
                errors.Add($"AG1029 {place} is not a host name: write 'app.example.com', '*.example.com' or '*'.");
            }

            if (sni.Certificate is null && all is null)
            {
                errors.Add($"AG1023 {place} has no certificate: name its files in {place}:Certificate:Path and KeyPath.");
            }

            CheckCertificate(errors, $"{place}:Certificate", sni.Certificate, basePath);
            CheckProtocols(errors, place, sni.SslProtocols);
            CheckClients(errors, place, sni.ClientCertificateMode, tls);
        }
    }

    // The QUIC transport does not tell a request for which host its connection was opened, so all hosts of such a listener must be served on the same terms (B3).
    private static void CheckHttp3(List<string> errors, string key, EndpointSettings endpoint, EndpointDefaultSettings defaults)
    {
        var clients = endpoint.ClientCertificateMode ?? defaults.ClientCertificateMode ?? ClientCertificateMode.NoCertificate;
        if (Http3.IsIn(endpoint.Protocols ?? defaults.Protocols) && (endpoint.Sni.Count > 0 || clients != ClientCertificateMode.NoCertificate))
        {
            errors.Add($"AG1033 {key} has HTTP/3 together with Sni or ClientCertificateMode, and over QUIC a request cannot be held against its connection's host: use one certificate for all hosts of this endpoint, or 'Protocols': 'Http1AndHttp2'.");
        }
    }

    private static bool IsHost(string pattern)
    {
        var plain = pattern.StartsWith("*.", StringComparison.Ordinal) ? pattern[2..] : pattern;
        return pattern == "*" || (HostParser.TryParse(new HostString(plain), out var host, out var port) && port is null && host.Equals(plain, StringComparison.OrdinalIgnoreCase));
    }

    private static void CheckProtocols(List<string> errors, string key, IList<SslProtocols> protocols)
    {
        foreach (var protocol in protocols.Where(protocol => protocol is not (SslProtocols.Tls12 or SslProtocols.Tls13)))
        {
            errors.Add($"AG1026 {key}:SslProtocols names '{protocol}', which is broken or no version: use 'Tls12' and 'Tls13', or leave the key out for both.");
        }
    }

    private static void CheckClients(List<string> errors, string key, ClientCertificateMode? mode, TlsOptions? tls)
    {
        if (mode == ClientCertificateMode.DelayCertificate)
        {
            errors.Add($"AG1028 {key}:ClientCertificateMode = 'DelayCertificate' needs renegotiation, which HTTP/2 and TLS 1.3 do not have: use 'AllowCertificate', and let the policy demand one where it is needed.");
        }
        else if (mode is ClientCertificateMode.AllowCertificate or ClientCertificateMode.RequireCertificate && tls is { ClientAuthoritiesFile: null })
        {
            errors.Add($"AG1027 {key}:ClientCertificateMode asks for certificates, but nothing says whose are believed: name the authority's PEM file in Gateway:Tls:ClientAuthoritiesFile.");
        }
    }

    private static void CheckCertificate(List<string> errors, string key, CertificateSettings? certificate, string basePath)
    {
        if (certificate is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(certificate.Path))
        {
            errors.Add($"AG1025 {key}:Path is empty: name the certificate's PEM or PFX file.");
            return;
        }

        Try(errors, $"AG1025 {key}:Path", certificate.Path, "check both files with 'openssl x509 -in …' and 'openssl pkey -in …'; the key must be the certificate's own", () =>
            _ = new LiveCertificate(certificate.Files(basePath), clientAuthorities: null, NullLogger.Instance));
    }

    private static void CheckAuthorities(List<string> errors, TlsOptions? tls, string basePath)
    {
        if (tls?.ClientAuthoritiesFile is { } file)
        {
            Try(errors, "AG1031 Gateway:Tls:ClientAuthoritiesFile", file, "name a PEM file with the authorities' certificates", () => ReadAuthorities(file, basePath));
        }
    }

    /// <exception cref="CryptographicException">The file has no certificate; likewise the exceptions of reading files.</exception>
    public static X509Certificate2Collection ReadAuthorities(string file, string basePath)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(Path.GetFullPath(file, basePath));
        return authorities.Count > 0 ? authorities : throw new CryptographicException("The file has no certificate.");
    }

    private static void Try(List<string> errors, string key, string value, string cure, Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            errors.Add($"{key} = '{value}' cannot be used: {exception.Message.TrimEnd('.')}; {cure}.");
        }
    }
}
