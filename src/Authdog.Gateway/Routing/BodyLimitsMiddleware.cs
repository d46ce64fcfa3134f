using Authdog.Gateway.Answers;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Edge.Limits;

namespace Authdog.Gateway.Routing;

/// <summary>Refuses a body that says that it is larger than its route takes, before any of it is sent on (B18). The server counts the others as they pass.</summary>
internal sealed class BodyLimitsMiddleware(RequestDelegate next, EdgeMetrics metrics, ILogger<BodyLimitsMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        // -1 is no bound.
        var most = context.Request.ContentLength > 0 ? ProxiedRoute.Of(context)?.Config.MaxRequestBodySize ?? -1 : -1;
        if (most < 0 || context.Request.ContentLength <= most)
        {
            return next(context);
        }

        var id = AnswerId.New();
        metrics.Refused("too-large");
        logger.LimitExceeded("MaxRequestBodySize", context.Connection.RemoteIpAddress, id);
        return AnswerWriter.WriteAsync(context, new Answer(413, "too-large", "Too large", "The request is larger than this address takes.", id));
    }
}
