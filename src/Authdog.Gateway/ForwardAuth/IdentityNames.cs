using Authdog.Gateway.Access.Treatments;
using Authdog.Gateway.Routing;
using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>The names of all identity headers of all routes, gathered as routes are configured. None is taken back before a restart: a request may be on its way by the old configuration.</summary>
internal sealed class IdentityNames(RouteMetadata metadata, NamedTreatments treatments) : IProxyConfigFilter
{
    private readonly Lock _adding = new();
    private volatile string[] _all = [.. new[] { IdentityHeaderNames.Assertion }.Concat(IdentityHeaderNames.Default.All).Concat(treatments.IdentityHeaders).Distinct(StringComparer.OrdinalIgnoreCase)];

    public IReadOnlyList<string> All => _all;

    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) => new(cluster);

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel)
    {
        // Mistakes are the route filter's business.
        List<RouteError> ignored = [];
        var names = RouteSettingsReader.Read(metadata.Complete(route), ignored).Headers.All;
        lock (_adding)
        {
            _all = [.. _all.Concat(names).Distinct(StringComparer.OrdinalIgnoreCase)];
        }

        return new(route);
    }
}
