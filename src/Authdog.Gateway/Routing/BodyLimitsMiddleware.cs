using Authdog.Gateway.Answers;
using Authdog.Gateway.Edge.Limits;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Authdog.Gateway.Routing;

/// <summary>Bounds a body that says its length before any of it is sent on (B18), and lets streams be silent. Runs for requests that may be forwarded, so that only they are free of the least rate.</summary>
internal sealed class BodyLimitsMiddleware(RequestDelegate next, ILogger<BodyLimitsMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength > 0 && ProxiedRoute.Of(context)?.Config.MaxRequestBodySize is > -1 and var most && request.ContentLength > most)
        {
            var id = AnswerId.New();
            logger.LimitExceeded("MaxRequestBodySize", context.Connection.RemoteIpAddress, id);
            return AnswerWriter.WriteAsync(context, new Answer(413, "too-large", "Too large", "The request is larger than this address takes.", id));
        }

        // On HTTP/2 a stream is a body that never ends: a WebSocket or gRPC client that has nothing to say is not a slow one.
        if (IsStream(context) && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        return next(context);
    }

    private static bool IsStream(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true }
        || (context.Request.ContentType is { } type && type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase));
}
