using Authdog.Gateway.Access;
using Yarp.ReverseProxy.Model;

namespace Authdog.Gateway.Diagnostics;

/// <summary>Counts each request and logs it in one line, after it has been answered. The line is off until <c>Logging:LogLevel:Authdog.Gateway.Diagnostics</c> is <c>Information</c>.</summary>
internal sealed class AccessLogMiddleware(RequestDelegate next, GatewayMetrics metrics, ILogger<AccessLogMiddleware> logger, TimeProvider time)
{
    /// <summary>Runs the rest of the pipeline, counts and logs what came of it.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        await (logger.IsEnabled(LogLevel.Information) ? LogAsync(context) : next(context));
        metrics.Count(context);
    }

    private async Task LogAsync(HttpContext context)
    {
        var start = time.GetTimestamp();
        var method = context.Request.Method;
        var host = context.Request.Host.Value ?? string.Empty;
        var path = context.Request.Path.Value ?? string.Empty;
        try
        {
            await next(context);
        }
        finally
        {
            AccessLog.Request(
                logger,
                method,
                host,
                path,
                context.Response.StatusCode,
                Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 2),
                context.Features.Get<AccessFeature>()?.Decision.Outcome.ToString(),
                context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.RouteId,
                context.Connection.RemoteIpAddress?.ToString(),
                context.TraceIdentifier);
        }
    }
}
