using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Routing;

/// <summary>Lets only sound routes into YARP, and gives them safe defaults. YARP collects what is thrown here over all routes, and keeps the last good configuration on reload.</summary>
internal sealed class RouteFilter(RouteRules rules) : IProxyConfigFilter
{
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) => new(cluster);

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel)
    {
        var errors = rules.Validate(route);
        if (errors.Count > 0)
        {
            throw new RouteConfigurationException(errors);
        }

        // The app bounds its own bodies; here they only stream through.
        return new(route with { MaxRequestBodySize = route.MaxRequestBodySize ?? -1 });
    }
}
