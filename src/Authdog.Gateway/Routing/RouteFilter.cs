using Authdog.Gateway.Edge;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Routing;

/// <summary>Lets only sound routes into YARP, and gives them safe defaults. YARP collects what is thrown here over all routes, and keeps the last good configuration on reload.</summary>
internal sealed class RouteFilter(RouteRules rules, RouteMetadata metadata, ReservedHeaders reserved, IOptions<GatewayOptions> options) : IProxyConfigFilter
{
    private const string Latin1 = "latin1";

    // Latin-1 gives every byte a character and back: header bytes beyond ASCII pass as they are, as in the server's own options.
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        var client = cluster.HttpClient ?? HttpClientConfig.Empty;
        return new(cluster with
        {
            HttpClient = client with
            {
                RequestHeaderEncoding = client.RequestHeaderEncoding ?? Latin1,
                ResponseHeaderEncoding = client.ResponseHeaderEncoding ?? Latin1,
            },
        });
    }

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel)
    {
        var complete = metadata.Complete(route);
        var (settings, errors) = rules.Judge(complete);
        if (errors.Count > 0)
        {
            throw new RouteConfigurationException(errors);
        }

        // Before the route applies, so that no request meets it with its header names unguarded.
        reserved.Add(settings.Headers.All);

        return new(complete with { MaxRequestBodySize = complete.MaxRequestBodySize ?? MaxBodyBytes() });
    }

    private long MaxBodyBytes()
    {
        try
        {
            return options.Value.Limits.MaxBodyBytes;
        }
        catch (OptionsValidationException)
        {
            // Routes are judged along with everything else; what is wrong in section Gateway is said by its own validator, and nothing starts.
            return -1;
        }
    }
}
