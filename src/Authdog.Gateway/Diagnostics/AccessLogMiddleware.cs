using Yarp.ReverseProxy.Model;

namespace Authdog.Gateway.Diagnostics;

/// <summary>One line for each request, after it has been answered. Off until <c>Logging:LogLevel:Authdog.Gateway.Diagnostics</c> is <c>Information</c>.</summary>
internal sealed class AccessLogMiddleware(RequestDelegate next, ILogger<AccessLogMiddleware> logger, TimeProvider time)
{
    /// <summary>Runs the rest of the pipeline and logs what came of it.</summary>
    public Task InvokeAsync(HttpContext context) => logger.IsEnabled(LogLevel.Information) ? LogAsync(context) : next(context);

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
                context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.RouteId,
                context.Connection.RemoteIpAddress?.ToString(),
                context.TraceIdentifier);
        }
    }
}
