using Authdog.Gateway.Edge;
using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Routing;

/// <summary>Tells the edge, at every change of the configuration and before it applies, which header names the routes use.</summary>
internal sealed class ReservedNamesListener(ReservedHeaders reserved) : IConfigChangeListener
{
    public void ConfigurationLoaded(IReadOnlyList<IProxyConfig> proxyConfigs) => Reserve(proxyConfigs);

    public void ConfigurationApplied(IReadOnlyList<IProxyConfig> proxyConfigs)
    {
    }

    public void ConfigurationLoadingFailed(IProxyConfigProvider configProvider, Exception exception)
    {
    }

    public void ConfigurationApplyingFailed(IReadOnlyList<IProxyConfig> proxyConfigs, Exception exception)
    {
    }

    private void Reserve(IReadOnlyList<IProxyConfig> configurations)
    {
        List<RouteError> ignored = [];
        reserved.Add(configurations.SelectMany(configuration => configuration.Routes)
            .SelectMany(route => RouteSettingsReader.Read(route, ignored).Headers.All));
    }
}
