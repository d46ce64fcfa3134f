using Authdog.Gateway.Edge;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Routing;

/// <summary>Lets only sound routes into YARP, and gives them safe defaults. YARP collects what is thrown here over all routes, and keeps the last good configuration on reload.</summary>
internal sealed class RouteFilter(RouteRules rules, IOptions<GatewayOptions> options) : IProxyConfigFilter
{
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) => new(cluster);

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel)
    {
        var errors = rules.Validate(route);
        if (errors.Count > 0)
        {
            throw new RouteConfigurationException(errors);
        }

        return new(route with { MaxRequestBodySize = route.MaxRequestBodySize ?? options.Value.Limits.MaxBodyBytes });
    }
}
