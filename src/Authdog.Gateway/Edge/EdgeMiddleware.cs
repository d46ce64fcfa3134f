using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Edge;

/// <summary>Makes the one <see cref="CanonicalRequest"/> of a request, and refuses what is not one unambiguous request with 400.</summary>
internal sealed class EdgeMiddleware(RequestDelegate next, TrustedProxies trusted, HeaderHygiene hygiene, ILogger<EdgeMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var ambiguity = Understand(context, out var canonical);
        if (ambiguity != Ambiguity.None)
        {
            return Refusal.WriteAsync(context, ambiguity, logger);
        }

        context.Connection.RemoteIpAddress = canonical!.RemoteAddress;
        context.Features.Set(canonical);
        return next(context);
    }

    private Ambiguity Understand(HttpContext context, out CanonicalRequest? canonical)
    {
        canonical = null;
        var request = context.Request;
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var ambiguity = TargetParser.Parse(raw, out var target, out var path, out var oddities);
        if (ambiguity != Ambiguity.None)
        {
            return ambiguity;
        }

        // The router matches what the server decoded; were it to differ from what was judged, B1 would be open.
        if (!string.Equals(request.Path.Value, path, StringComparison.Ordinal))
        {
            return Ambiguity.PathMismatch;
        }

        if (!MethodCase.IsOne(request.Method))
        {
            return Ambiguity.Method;
        }

        var peer = context.Connection.RemoteIpAddress;
        var client = new ForwardedClient(peer, null, null);
        if (peer is not null && trusted.Contains(peer) && !ForwardedClient.TryRead(peer, request.Headers, trusted, out client))
        {
            return Ambiguity.Forwarded;
        }

        ambiguity = Normalise(request, client, out var host);
        if (ambiguity != Ambiguity.None)
        {
            return ambiguity;
        }

        // An absolute target says a scheme of its own, and only that of the connection is true.
        if (raw[0] != '/' && !raw.AsSpan(0, raw.IndexOf(':', StringComparison.Ordinal)).Equals(request.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return Ambiguity.TargetForm;
        }

        ambiguity = hygiene.Clean(request.Headers, out var oddNames);
        canonical = new CanonicalRequest(target, path, request.Scheme, host, client.Address) { Method = request.Method, Oddities = oddities, HasOddHeaderNames = oddNames };
        return ambiguity;
    }

    private static Ambiguity Normalise(HttpRequest request, in ForwardedClient client, out string host)
    {
        if (!HostParser.TryParse(request.Host, out host, out var port) || request.Headers.Host.Count > 1
            || (client.Host is not null && !HostParser.TryParse(new HostString(client.Host), out host, out port)))
        {
            return Ambiguity.Host;
        }

        if (client.Scheme is not null)
        {
            request.Scheme = client.Scheme;
        }

        var normal = port is null ? new HostString(host) : new HostString(host, port.Value);
        if (!string.Equals(request.Host.Value, normal.Value, StringComparison.Ordinal))
        {
            request.Host = normal;
        }

        return Ambiguity.None;
    }
}
