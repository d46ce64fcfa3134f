using Authdog.Gateway.Routing;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Authdog.Gateway.Forwarding;

internal static class ForwardingServices
{
    /// <summary>Adds YARP with the gateway's rules and transforms, configured by the section <c>ReverseProxy</c>.</summary>
    public static IReverseProxyBuilder AddForwarding(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ForwardedIdentityCache>();
        services.AddSingleton<ITransformProvider, GatewayTransforms>();
        services.AddSingleton<IForwarderHttpClientFactory, UpstreamClientFactory>();
        var section = configuration.GetSection("ReverseProxy");
        return services.AddReverseProxy().LoadFromConfig(section).AddRouting(section);
    }
}
