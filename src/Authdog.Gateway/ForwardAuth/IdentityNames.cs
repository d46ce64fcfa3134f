using Authdog.Gateway.Routing;
using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>The names of all identity headers of all routes. None is taken back before a restart: a request may be on its way by the old configuration.</summary>
internal sealed class IdentityNames : IConfigChangeListener
{
    private volatile string[] _all = [IdentityHeaderNames.Assertion, .. IdentityHeaderNames.Default.All];

    public IReadOnlyList<string> All => _all;

    public void ConfigurationLoaded(IReadOnlyList<IProxyConfig> proxyConfigs)
    {
        List<RouteError> ignored = [];
        var configured = proxyConfigs.SelectMany(config => config.Routes).SelectMany(route => RouteSettingsReader.Read(route, ignored).Headers.All);
        _all = [.. _all.Concat(configured).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public void ConfigurationApplied(IReadOnlyList<IProxyConfig> proxyConfigs)
    {
    }

    public void ConfigurationLoadingFailed(IProxyConfigProvider configProvider, Exception exception)
    {
    }

    public void ConfigurationApplyingFailed(IReadOnlyList<IProxyConfig> proxyConfigs, Exception exception)
    {
    }
}
