using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Edge;

/// <summary>Makes the one <see cref="CanonicalRequest"/> of a request, and refuses what is not one unambiguous request with 400.</summary>
internal sealed class EdgeMiddleware(RequestDelegate next, TrustedProxies trusted, HeaderHygiene hygiene, ILogger<EdgeMiddleware> logger)
{
    private volatile KnownHost? _lastHost;

    public Task InvokeAsync(HttpContext context)
    {
        var ambiguity = Understand(context, out var canonical);
        if (ambiguity != Ambiguity.None)
        {
            return Refusal.WriteAsync(context, ambiguity, logger);
        }

        if (!ReferenceEquals(context.Connection.RemoteIpAddress, canonical!.RemoteAddress))
        {
            context.Connection.RemoteIpAddress = canonical.RemoteAddress;
        }

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

    private Ambiguity Normalise(HttpRequest request, in ForwardedClient client, out string host)
    {
        host = string.Empty;
        var hosts = request.Headers.Host;
        if (hosts.Count > 1 || ReadHost(hosts.ToString()) is not { } read || (client.Host is not null && (read = ReadHost(client.Host)) is null))
        {
            // Writing the answer must not trip over it again.
            request.Headers.Host = default;
            return Ambiguity.Host;
        }

        host = read.Name;
        if (client.Scheme is not null)
        {
            request.Scheme = client.Scheme;
        }

        if (!string.Equals(hosts.ToString(), read.Normal.Value, StringComparison.Ordinal))
        {
            request.Host = read.Normal;
        }

        return Ambiguity.None;
    }

    // Nearly every request names the host that the one before it named.
    private KnownHost? ReadHost(string value)
    {
        var last = _lastHost;
        if (last is not null && string.Equals(last.Value, value, StringComparison.Ordinal))
        {
            return last;
        }

        return HostParser.TryParse(new HostString(value), out var host, out var port)
            ? _lastHost = new KnownHost(value, host, port is null ? new HostString(host) : new HostString(host, port.Value))
            : null;
    }

    private sealed record KnownHost(string Value, string Name, HostString Normal);
}
