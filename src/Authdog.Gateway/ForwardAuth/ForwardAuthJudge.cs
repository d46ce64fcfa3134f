using Authdog.Gateway.Edge;
using Authdog.Identity.Redis;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>Sends a described request through the public pipeline, as if it had come in by itself, and keeps what would have been answered.</summary>
internal sealed class ForwardAuthJudge(ForwardAuthEntrance entrance, IServiceScopeFactory scopes)
{
    /// <summary>Judges.</summary>
    /// <param name="described">The request in question.</param>
    /// <param name="client">Headers of the client, as the proxy passed them on with its question.</param>
    /// <param name="except">Headers among them that are not the client's.</param>
    /// <param name="cancellationToken">The proxy has gone.</param>
    public async Task<JudgedRequest> JudgeAsync(DescribedRequest described, IHeaderDictionary client, IReadOnlyCollection<string> except, CancellationToken cancellationToken)
    {
        var pipeline = entrance.Pipeline ?? throw new StoreUnavailableException("The public listener has not started yet.");
        await using var scope = scopes.CreateAsyncScope();
        using var body = new MemoryStream();
        var mark = new DescribedRequestFeature();
        var context = new DefaultHttpContext(Features(described, body, mark, cancellationToken)) { RequestServices = scope.ServiceProvider };
        foreach (var (name, values) in client)
        {
            if (name[0] != ':' && !except.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                context.Request.Headers[name] = values;
            }
        }

        context.Request.Headers.Host = described.Host;
        if (described.Before.Length > 0)
        {
            context.Request.Headers["X-Forwarded-For"] = described.Before;
        }

        await pipeline(context);
        await context.Response.CompleteAsync();
        return new JudgedRequest(context, mark.Granted, body.ToArray());
    }

    private static FeatureCollection Features(DescribedRequest described, Stream body, DescribedRequestFeature mark, CancellationToken cancellationToken)
    {
        // The edge reads the raw target and compares: path and query here are only what a server would have made of it.
        _ = TargetParser.Parse(described.Target, out var target, out var path);
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = described.Method,
            Scheme = described.Scheme,
            Protocol = HttpProtocol.Http11,
            RawTarget = described.Target,
            Path = path,
            QueryString = query < 0 ? string.Empty : target[query..],
            Headers = new HeaderDictionary(),
            Body = Stream.Null,
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { ConnectionId = string.Empty, RemoteIpAddress = described.Client });
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = cancellationToken });
        features.Set(mark);
        return features;
    }
}
