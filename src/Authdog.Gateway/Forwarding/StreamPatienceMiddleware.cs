using Authdog.Gateway.Routing;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Model;

namespace Authdog.Gateway.Forwarding;

/// <summary>Lets a WebSocket, an event stream or a gRPC call be silent for longer than an ordinary request may: YARP would end it after 100 seconds without a byte.</summary>
internal sealed class StreamPatienceMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (IsStream(context))
        {
            var proxy = context.GetReverseProxyFeature();
            var patience = RouteSettingsReader.Read(proxy.Route.Config, []).StreamIdleTimeout;
            if (patience > (proxy.Cluster.Config.HttpRequest?.ActivityTimeout ?? TimeSpan.Zero))
            {
                context.Features.Set<IReverseProxyFeature>(new PatientProxyFeature(proxy, patience));
            }
        }

        return next(context);
    }

    // What says so itself; for an app that streams otherwise there is the cluster's ActivityTimeout.
    private static bool IsStream(HttpContext context)
    {
        var headers = context.Request.Headers;
        return headers.Upgrade.Count > 0
            || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true }
            || headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase)
            || (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) ?? false);
    }
}
