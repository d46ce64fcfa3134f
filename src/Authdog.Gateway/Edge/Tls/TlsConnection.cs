namespace Authdog.Gateway.Edge.Tls;

/// <summary>Feature of a TLS connection: what its handshake decided.</summary>
internal sealed record TlsConnection(TlsEndpoint Endpoint, TlsHost Host)
{
    /// <summary>Whether a request for this host may come over a connection that named none: only where naming it would have led to the very same demands.</summary>
    public bool Covers(string host) => ReferenceEquals(Endpoint.Find(host), Host);
}
