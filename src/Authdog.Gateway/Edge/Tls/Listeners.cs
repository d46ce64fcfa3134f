using System.Net.Quic;
using Authdog.Gateway.Edge.Limits;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>Opens the listeners of section <c>Kestrel</c> with limits, the connection gate, and TLS whose certificates follow their files.</summary>
/// <remarks>Kestrel's own reading of certificates opens the listener anew when a file changes, which ends its connections; and it has no certificate at all when the file is half written.</remarks>
internal sealed class Listeners(TlsEndpoints endpoints, ConnectionGate gate, IOptions<KestrelOptions> options, IOptions<GatewayOptions> gateway, ILogger<Listeners> logger)
    : IConfigureOptions<KestrelServerOptions>
{
    private static readonly TimeSpan s_handshakeTimeout = TimeSpan.FromSeconds(10);

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        KestrelLimits.Apply(kestrel.Limits, gateway.Value.Limits);
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => gate.OnConnectionAsync(connection, next)));
        kestrel.ConfigureHttpsDefaults(UseTlsOfUrls);

        var loader = kestrel.Configure(WithoutCertificates());
        foreach (var (name, endpoint) in options.Value.Endpoints.Where(entry => entry.Value.IsHttps))
        {
            var tls = endpoints.ByName(name);
            loader.Endpoint(name, opened => opened.ListenOptions.UseHttps(new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = s_handshakeTimeout,
                OnConnection = context => new(Choose(tls, context).Options()),
            }));
        }
    }

    private TlsHost Choose(TlsEndpoint endpoint, TlsHandshakeCallbackContext context)
    {
        var host = endpoint.Find(context.ClientHelloInfo.ServerName);
        if (host is null)
        {
            logger.UnknownTlsHost();
            throw new ConnectionAbortedException("No certificate for this host.");
        }

        context.Connection?.Features.Set(new TlsConnection(endpoint, host));
        return host;
    }

    // Entries of Urls can have one certificate only, so that it is known before the client names a host.
    private void UseTlsOfUrls(HttpsConnectionAdapterOptions https)
    {
        // Keeps Kestrel from looking for a development certificate.
        https.ServerCertificateSelector = (_, _) => null;
        https.HandshakeTimeout = s_handshakeTimeout;
        https.OnAuthenticate = (connection, handshake) =>
        {
            var endpoint = endpoints.OfUrls!;
            var options = endpoint.Fallback!.Options();
            handshake.ServerCertificateSelectionCallback = null;
            handshake.ServerCertificateContext = options.ServerCertificateContext;
            handshake.EnabledSslProtocols = options.EnabledSslProtocols;
            handshake.AllowRenegotiation = false;
            handshake.ClientCertificateRequired = options.ClientCertificateRequired;
            handshake.CertificateChainPolicy = options.CertificateChainPolicy;
            handshake.RemoteCertificateValidationCallback = options.RemoteCertificateValidationCallback;
            connection.Features.Set(new TlsConnection(endpoint, endpoint.Fallback));
        };
    }

    // What Kestrel is told: where to listen, in which protocols.
    private IConfigurationRoot WithoutCertificates()
    {
        var defaults = options.Value.EndpointDefaults.Protocols;
        var settings = new Dictionary<string, string?>();
        if (defaults is not null)
        {
            settings["EndpointDefaults:Protocols"] = Supported(defaults.Value).ToString();
        }

        foreach (var (name, endpoint) in options.Value.Endpoints)
        {
            settings[$"Endpoints:{name}:Url"] = endpoint.Url;
            if (endpoint.Protocols is { } protocols)
            {
                settings[$"Endpoints:{name}:Protocols"] = Supported(protocols).ToString();
            }
        }

        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    private HttpProtocols Supported(HttpProtocols protocols)
    {
        var hasQuic = (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsWindows()) && QuicListener.IsSupported;
        if (!protocols.HasFlag(HttpProtocols.Http3) || hasQuic)
        {
            return protocols;
        }

        logger.Http3Missing();
        var rest = protocols & ~HttpProtocols.Http3;
        return rest == HttpProtocols.None ? HttpProtocols.Http1AndHttp2 : rest;
    }
}
