using Authdog.Gateway.Answers;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Edge;

/// <summary>Makes the one <see cref="CanonicalRequest"/> of a request, and refuses what is not one unambiguous request with 400.</summary>
internal sealed class EdgeMiddleware(RequestDelegate next, TrustedProxies trusted, HeaderHygiene hygiene, ILogger<EdgeMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var peer = context.Connection.RemoteIpAddress;
        var client = peer is not null && trusted.Contains(peer)
            ? ForwardedClient.Read(peer, request.Headers, trusted)
            : new ForwardedClient(peer, null, null);

        var ambiguity = Understand(context, client, out var canonical);
        if (ambiguity == Ambiguity.None)
        {
            ambiguity = hygiene.Clean(request.Headers);
        }

        if (ambiguity != Ambiguity.None)
        {
            return RefuseAsync(context, ambiguity);
        }

        context.Connection.RemoteIpAddress = canonical!.RemoteAddress;
        context.Features.Set(canonical);
        return next(context);
    }

    private static Ambiguity Understand(HttpContext context, ForwardedClient client, out CanonicalRequest? canonical)
    {
        canonical = null;
        var request = context.Request;
        var ambiguity = TargetParser.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, out var target, out var path);
        if (ambiguity != Ambiguity.None)
        {
            return ambiguity;
        }

        // The router matches what the server decoded; were it to differ from what was judged, B1 would be open.
        if (!string.Equals(request.Path.Value, path, StringComparison.Ordinal))
        {
            return Ambiguity.PathMismatch;
        }

        if (request.Headers.Host.Count > 1 || !HostParser.TryParse(client.Host is null ? request.Host : new HostString(client.Host), out var host, out var port))
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

        canonical = new CanonicalRequest(target, path, request.Scheme, host, client.Address);
        return Ambiguity.None;
    }

    private Task RefuseAsync(HttpContext context, Ambiguity ambiguity)
    {
        var id = AnswerId.New();
        logger.AmbiguousRequest(ambiguity, context.Connection.RemoteIpAddress, id);
        return AnswerWriter.WriteAsync(
            context,
            new Answer(400, AmbiguityTexts.Code(ambiguity), "Ambiguous request", AmbiguityTexts.Detail(ambiguity), id));
    }
}
