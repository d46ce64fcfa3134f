namespace Authdog.Gateway.Edge.Tls;

/// <summary>Feature of a TLS connection: what its handshake decided.</summary>
/// <param name="IsFromTrustedProxy">Whether its peer is a trusted proxy: then the names in the handshake are the proxy's own, and its word on the client is believed.</param>
internal sealed record TlsConnection(TlsEndpoint Endpoint, TlsHost Host, bool IsFromTrustedProxy)
{
    /// <summary>Whether a request for this host may come over a connection that named none: only where naming it would have led to the very same demands.</summary>
    public bool Covers(string host) => ReferenceEquals(Endpoint.Find(host), Host);
}
