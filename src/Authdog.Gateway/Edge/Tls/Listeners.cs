using System.Net;
using Authdog.Gateway.Edge.Limits;
using Authdog.Gateway.Edge.Refusals;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.Tls;

/// <summary>Opens the listeners of section <c>Kestrel</c> with limits, the connection gate, and TLS whose certificates follow their files.</summary>
/// <remarks>Kestrel's own reading of certificates opens the listener anew when a file changes, which ends its connections; and it has no certificate at all when the file is half written.</remarks>
internal sealed class Listeners(TlsEndpoints endpoints, ConnectionGate gate, TrustedProxies trusted, ListeningUrls urls, IOptions<KestrelOptions> options, IOptions<GatewayOptions> gateway, ILogger<Listeners> logger)
{
    private static readonly TimeSpan s_handshakeTimeout = TimeSpan.FromSeconds(10);

    public void OpenOn(KestrelServerOptions kestrel)
    {
        KestrelLimits.Apply(kestrel.Limits, gateway.Value.Limits);
        kestrel.ConfigureEndpointDefaults(Open);

        // Keeps Kestrel from looking for a development certificate.
        kestrel.ConfigureHttpsDefaults(https => https.ServerCertificateSelector = (_, _) => null);
        if (Http3.IsMissing(options.Value))
        {
            logger.Http3Missing();
        }

        var loader = kestrel.Configure(WithoutCertificates());
        foreach (var (name, endpoint) in options.Value.Endpoints)
        {
            loader.Endpoint(name, opened => UseHttp(opened.ListenOptions, endpoint.IsHttps ? endpoints.ByName(name) : null));
        }
    }

    // Before TLS: a connection too many costs no handshake.
    private void Open(ListenOptions listen)
    {
        listen.Use(next => connection => gate.OnConnectionAsync(connection, () => next(connection)));
        ((IMultiplexedConnectionBuilder)listen).Use(next => connection => gate.OnConnectionAsync(connection, () => next(connection)));
        if (options.Value.Endpoints.Count == 0)
        {
            UseHttp(listen, listen.IPEndPoint is { } place && urls.IsHttps(place.Port) ? endpoints.OfUrls : null);
        }
    }

    private void UseHttp(ListenOptions listen, TlsEndpoint? endpoint)
    {
        if (endpoint is not null)
        {
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = s_handshakeTimeout,
                OnConnection = context => new(Choose(endpoint, context).Options()),
            });
        }

        listen.Use(RefusalPipe.Use);
    }

    private TlsHost Choose(TlsEndpoint endpoint, TlsHandshakeCallbackContext context)
    {
        var host = endpoint.Find(context.ClientHelloInfo.ServerName);
        if (host is null)
        {
            logger.UnknownTlsHost();
            throw new ConnectionAbortedException("No certificate for this host.");
        }

        Note(context.Connection, endpoint, host);
        return host;
    }

    private void Note(ConnectionContext? connection, TlsEndpoint endpoint, TlsHost host) =>
        connection?.Features.Set(new TlsConnection(endpoint, host, connection.RemoteEndPoint is IPEndPoint peer && trusted.Contains(peer.Address)));

    // What Kestrel is told: where to listen, in which protocols.
    private IConfigurationRoot WithoutCertificates()
    {
        var defaults = options.Value.EndpointDefaults.Protocols;
        var settings = new Dictionary<string, string?>();
        if (defaults is not null)
        {
            settings["EndpointDefaults:Protocols"] = Http3.Supported(defaults.Value).ToString();
        }

        foreach (var (name, endpoint) in options.Value.Endpoints)
        {
            settings[$"Endpoints:{name}:Url"] = endpoint.Url;
            if (endpoint.Protocols is { } protocols)
            {
                settings[$"Endpoints:{name}:Protocols"] = Http3.Supported(protocols).ToString();
            }
        }

        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }
}
