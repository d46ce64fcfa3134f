using System.Net;

namespace Authdog.Gateway.Edge;

/// <summary>The request as it was understood, once, at the edge. Router, policy, log and forwarder read these values and no others (B1).</summary>
/// <param name="Target">Path and query in origin form, byte for byte as received; what the upstream gets.</param>
/// <param name="Path">The path, percent-decoded once; what the router and the policy see.</param>
/// <param name="Scheme"><c>http</c> or <c>https</c>, as the client used it.</param>
/// <param name="Host">Host in lower-case ASCII, without port and trailing dot.</param>
/// <param name="RemoteAddress">Address of the client; null when unknown.</param>
internal sealed record CanonicalRequest(string Target, string Path, string Scheme, string Host, IPAddress? RemoteAddress)
{
    /// <summary>Method, as received.</summary>
    public string Method { get; init; } = HttpMethods.Get;

    /// <summary>What the path has that the route must permit.</summary>
    public PathOddities Oddities { get; init; }

    /// <summary>Whether a header name has other characters than letters, digits and <c>-</c>; the route must permit it.</summary>
    public bool HasOddHeaderNames { get; init; }

    /// <summary>Whether the path belongs to the gateway, in whatever case it is written.</summary>
    public bool IsOwn { get; } = OwnPaths.Contains(Path);
}
