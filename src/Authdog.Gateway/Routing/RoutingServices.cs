using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Routing;

internal static class RoutingServices
{
    /// <summary>Adds what every route must pass, to YARP's builder.</summary>
    public static IReverseProxyBuilder AddRouting(this IReverseProxyBuilder proxy)
    {
        proxy.Services.AddSingleton<RouteRules>();
        proxy.Services.AddSingleton<IConfigChangeListener, ReservedNamesListener>();
        return proxy.AddConfigFilter<RouteFilter>();
    }
}
