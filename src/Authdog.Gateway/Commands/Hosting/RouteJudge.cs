using Authdog.Gateway.Configuration;
using Authdog.Gateway.Routing;
using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Commands.Hosting;

/// <summary>Asks YARP's validators, ours among them, about every route and cluster.</summary>
internal static class RouteJudge
{
    /// <summary>What they say, with the place of the route or cluster.</summary>
    public static async Task<IReadOnlyList<Mistake>> JudgeAsync(GatewayConfiguration configuration, IServiceProvider services)
    {
        var mistakes = new List<Mistake>();
        try
        {
            var validator = services.GetRequiredService<IConfigValidator>();
            var filters = services.GetServices<IProxyConfigFilter>().ToList();
            foreach (var provider in services.GetServices<IProxyConfigProvider>())
            {
                var config = provider.GetConfig();
                foreach (var cluster in config.Clusters)
                {
                    var place = configuration.PlaceOf($"ReverseProxy:Clusters:{cluster.ClusterId}");
                    await CollectAsync(mistakes, configuration.PlaceOf, place, async () =>
                    {
                        var filtered = cluster;
                        foreach (var filter in filters)
                        {
                            filtered = await filter.ConfigureClusterAsync(filtered, CancellationToken.None);
                        }

                        return await validator.ValidateClusterAsync(filtered);
                    });
                }

                foreach (var route in config.Routes)
                {
                    var place = configuration.PlaceOf($"ReverseProxy:Routes:{route.RouteId}");
                    var cluster = config.Clusters.FirstOrDefault(candidate => candidate.ClusterId == route.ClusterId);
                    await CollectAsync(mistakes, configuration.PlaceOf, place, async () =>
                    {
                        var filtered = route;
                        foreach (var filter in filters)
                        {
                            filtered = await filter.ConfigureRouteAsync(filtered, cluster, CancellationToken.None);
                        }

                        return await validator.ValidateRouteAsync(filtered);
                    });
                    if (cluster is null && route.ClusterId is not null)
                    {
                        mistakes.Add(new Mistake("AG1608", place, $"Route '{route.RouteId}' names the cluster '{route.ClusterId}', which is not there.", $"Add ReverseProxy:Clusters:{route.ClusterId}, or name one that is there."));
                    }
                }
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException)
        {
            mistakes.Add(Said(configuration.PlaceOf("ReverseProxy"), exception));
        }

        return mistakes;
    }

    private static async Task CollectAsync(List<Mistake> mistakes, Func<string, Place?> placeOf, Place? place, Func<ValueTask<IList<Exception>>> judge)
    {
        try
        {
            mistakes.AddRange((await judge()).Select(error => Said(place, error)));
        }
        catch (RouteConfigurationException exception)
        {
            mistakes.AddRange(exception.Errors.Select(error => new Mistake(
                error.Code,
                placeOf(error.Place) ?? place,
                error.Value is null ? $"'{error.Place}' is missing:" : $"'{error.Place}' is '{error.Value}':",
                error.Cure)));
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException)
        {
            mistakes.Add(Said(place, exception));
        }
    }

    private static Mistake Said(Place? place, Exception exception) => new("AG1608", place, exception.Message, "See the section ReverseProxy.");
}
