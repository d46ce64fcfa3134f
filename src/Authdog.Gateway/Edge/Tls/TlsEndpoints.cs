using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>All HTTPS listeners with their certificates, as the configuration names them.</summary>
internal sealed class TlsEndpoints
{
    private static readonly Oid s_clientAuthentication = new("1.3.6.1.5.5.7.3.2");
    private readonly Dictionary<CertificateFiles, LiveCertificate> _certificates = [];
    private readonly Dictionary<string, TlsEndpoint> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly X509Certificate2Collection? _clientAuthorities;
    private readonly X509ChainPolicy? _clientPolicy;
    private readonly KestrelOptions _options;
    private readonly string _basePath;
    private readonly ILogger _logger;

    public TlsEndpoints(IOptions<KestrelOptions> options, IOptions<GatewayOptions> gateway, ListeningUrls urls, IHostEnvironment environment, ILogger<TlsEndpoints> logger)
    {
        (_options, _basePath, _logger) = (options.Value, environment.ContentRootPath, logger);
        var tls = gateway.Value.Tls;
        if (tls.ClientAuthoritiesFile is { } file)
        {
            _clientAuthorities = TlsRules.ReadAuthorities(file, _basePath);
            _clientPolicy = ClientPolicy(_clientAuthorities, tls.CheckClientRevocation);
        }

        foreach (var (name, endpoint) in _options.Endpoints.Where(entry => entry.Value.IsHttps))
        {
            _byName[name] = Endpoint(endpoint);
        }

        if (_options.Endpoints.Count == 0 && urls.AnyHttps)
        {
            OfUrls = Endpoint(new EndpointSettings());
        }
    }

    /// <summary>The <c>https</c> entries of <c>Urls</c>; null when there are none.</summary>
    public TlsEndpoint? OfUrls { get; }

    /// <summary>Whether the gateway does TLS itself.</summary>
    public bool Any => OfUrls is not null || _byName.Count > 0;

    /// <summary>Each certificate once.</summary>
    public IReadOnlyCollection<LiveCertificate> Certificates => _certificates.Values;

    /// <summary>The listener of <c>Kestrel:Endpoints:{name}</c>.</summary>
    public TlsEndpoint ByName(string name) => _byName[name];

    /// <summary>Whether some certificate here proves this host.</summary>
    public bool HasCertificateFor(string host) =>
        Uri.CheckHostName(host) != UriHostNameType.Unknown && Certificates.Any(certificate => certificate.Current.Certificate.MatchesHostname(host));

    private TlsEndpoint Endpoint(EndpointSettings endpoint)
    {
        var named = endpoint.Certificate ?? (_options.Certificates.TryGetValue("Default", out var shared) ? shared : null);
        var clients = endpoint.ClientCertificateMode ?? _options.EndpointDefaults.ClientCertificateMode ?? ClientCertificateMode.NoCertificate;
        IList<SslProtocols>[] protocols = [endpoint.SslProtocols, _options.EndpointDefaults.SslProtocols];
        var fallback = named is null ? null : Host(named, clients, protocols);
        var hosts = new Dictionary<string, TlsHost>(StringComparer.OrdinalIgnoreCase);
        var wildcards = new List<(string Suffix, TlsHost Host)>();
        foreach (var (pattern, sni) in endpoint.Sni)
        {
            var host = Host(sni.Certificate ?? named!, sni.ClientCertificateMode ?? clients, [sni.SslProtocols, .. protocols]);
            if (pattern == "*")
            {
                fallback = host;
            }
            else if (pattern.StartsWith("*.", StringComparison.Ordinal))
            {
                wildcards.Add((pattern[1..], host));
            }
            else
            {
                hosts[pattern] = host;
            }
        }

        return new TlsEndpoint(hosts, [.. wildcards.OrderByDescending(wildcard => wildcard.Suffix.Length)], fallback);
    }

    private TlsHost Host(CertificateSettings certificate, ClientCertificateMode clients, IList<SslProtocols>[] protocols)
    {
        var files = certificate.Files(_basePath);
        if (!_certificates.TryGetValue(files, out var live))
        {
            _certificates[files] = live = new LiveCertificate(files, _clientAuthorities, _logger);
        }

        var said = protocols.FirstOrDefault(list => list.Count > 0) ?? [SslProtocols.Tls12, SslProtocols.Tls13];
        return new TlsHost(live, said.Aggregate(SslProtocols.None, (all, one) => all | one), clients, _clientPolicy);
    }

    private static X509ChainPolicy ClientPolicy(X509Certificate2Collection authorities, bool checkRevocation)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = checkRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        policy.ApplicationPolicy.Add(s_clientAuthentication);
        return policy;
    }
}
