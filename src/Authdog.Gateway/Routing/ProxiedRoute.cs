using Yarp.ReverseProxy.Model;

namespace Authdog.Gateway.Routing;

/// <summary>The YARP route that an endpoint stands for.</summary>
internal static class ProxiedRoute
{
    public static RouteModel? Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>();
}
