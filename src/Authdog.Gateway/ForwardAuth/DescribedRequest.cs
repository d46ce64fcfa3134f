using System.Net;
using Authdog.Gateway.Edge;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>What another proxy's client asked for, as that proxy says; not yet judged.</summary>
/// <param name="Method">As received.</param>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">As received, with port if there was one.</param>
/// <param name="Target">Path and query, byte for byte as received.</param>
/// <param name="Client">Whom the proxy talks to.</param>
/// <param name="Before">What was said of hops before that one, to be believed only if <paramref name="Client"/> is a trusted proxy.</param>
internal sealed record DescribedRequest(string Method, string Scheme, string Host, string Target, IPAddress Client, string Before)
{
    /// <summary>Whether the address is the gateway's own: those are sent to the public listener, and never asked about. A described request must not set a ceremony going.</summary>
    public bool IsOwn => TargetParser.Parse(Target, out _, out var path) == Ambiguity.None && OwnPaths.Contains(path);
}
