using Authdog.Gateway.Edge;
using Authdog.Gateway.Routing;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Authdog.Gateway.Forwarding;

/// <summary>Sends the target byte for byte as it was judged (B1); without this it would be decoded and encoded anew. What a route's own transforms make of it is judged again, and refused where it became ambiguous: policies see the path before them.</summary>
internal sealed class TargetTransform(bool decidesHost, UnsafeOptIns optIns, ILogger<TargetTransform> logger) : RequestTransform
{
    private static readonly UriCreationOptions s_verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var request = context.HttpContext.Request;
        if (context.ProxyRequest.RequestUri is null)
        {
            var canonical = context.HttpContext.Features.GetRequiredFeature<CanonicalRequest>();
            var target = canonical.Target;
            var isSame = context.Path.Equals(request.Path, StringComparison.Ordinal) && context.Query.QueryString == request.QueryString;
            if (!isSame && Rewrite(context, out target) is var ambiguity && ambiguity != Ambiguity.None)
            {
                return new ValueTask(Refusal.WriteAsync(context.HttpContext, ambiguity, logger));
            }

            var prefix = context.DestinationPrefix.AsSpan().TrimEnd('/');
            context.ProxyRequest.RequestUri = new Uri(string.Concat(prefix, target), in s_verbatim);
        }

        // Apps build links from Host. To a TLS upstream its own name goes, since certificate and SNI are judged by it.
        if (decidesHost)
        {
            var own = context.HttpContext.GetReverseProxyFeature().ProxiedDestination?.Model.Config.Host;
            context.ProxyRequest.Headers.Host = own
                ?? (context.DestinationPrefix.StartsWith("http:", StringComparison.OrdinalIgnoreCase) ? request.Host.ToUriComponent() : null);
        }

        return default;
    }

    // A pattern such as "/.{name}" can make "/.." of a harmless name.
    private Ambiguity Rewrite(RequestTransformContext context, out string target)
    {
        var path = context.Path.HasValue ? context.Path.ToUriComponent() : "/";
        var ambiguity = TargetParser.Parse(path + context.Query.QueryString.Value, out target, out var decoded, out var oddities);
        return ambiguity != Ambiguity.None ? ambiguity
            : context.Path.HasValue && !string.Equals(decoded, context.Path.Value, StringComparison.Ordinal) ? Ambiguity.PathMismatch
            : oddities.HasFlag(PathOddities.EncodedSlash) && !optIns.HasFlag(UnsafeOptIns.EncodedSlash) ? Ambiguity.EncodedSlash
            : oddities.HasFlag(PathOddities.EmptySegment) && !optIns.HasFlag(UnsafeOptIns.EmptySegments) ? Ambiguity.EmptySegment
            : Ambiguity.None;
    }
}
