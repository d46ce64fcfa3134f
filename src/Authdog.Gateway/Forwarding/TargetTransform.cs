using Authdog.Gateway.Edge;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Authdog.Gateway.Forwarding;

/// <summary>Sends the target byte for byte as it was judged (B1); without this it would be decoded and encoded anew. A route that rewrites its path or query is left to YARP.</summary>
internal sealed class TargetTransform(bool decidesHost) : RequestTransform
{
    private static readonly UriCreationOptions s_verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var request = context.HttpContext.Request;
        var canonical = context.HttpContext.Features.GetRequiredFeature<CanonicalRequest>();
        if (context.ProxyRequest.RequestUri is null && context.Path.Equals(request.Path, StringComparison.Ordinal) && context.Query.QueryString == request.QueryString)
        {
            var prefix = context.DestinationPrefix.AsSpan().TrimEnd('/');
            context.ProxyRequest.RequestUri = new Uri(string.Concat(prefix, canonical.Target), in s_verbatim);
        }

        // Apps build links from Host. To a TLS upstream its own name goes, since certificate and SNI are judged by it.
        if (decidesHost)
        {
            var own = context.HttpContext.GetReverseProxyFeature().ProxiedDestination?.Model.Config.Host;
            context.ProxyRequest.Headers.Host = own
                ?? (context.DestinationPrefix.StartsWith("http:", StringComparison.OrdinalIgnoreCase) ? request.Host.Value : null);
        }

        return default;
    }
}
