namespace Authdog.Gateway.Routing;

internal static class RoutingServices
{
    /// <summary>Adds what every route must pass to YARP's builder.</summary>
    /// <param name="proxy">YARP's builder.</param>
    /// <param name="configuration">Section <c>ReverseProxy</c>.</param>
    public static IReverseProxyBuilder AddRouting(this IReverseProxyBuilder proxy, IConfigurationSection configuration)
    {
        proxy.Services.AddSingleton(new RouteMetadata(configuration.GetSection("Routes")));
        proxy.Services.AddSingleton<RouteRules>();
        proxy.Services.AddSingleton<NamedSegments>();
        proxy.Services.AddSingleton<OwnMethods>();
        return proxy.AddConfigFilter<RouteFilter>();
    }
}
