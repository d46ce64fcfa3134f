using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Routing;

/// <summary>Gives a route its <c>Authdog:…</c> metadata back: to the configuration system a colon in a key is a level, and YARP reads one level alone.</summary>
internal sealed class RouteMetadata(IConfigurationSection routes)
{
    private const string Root = "Authdog";

    public RouteConfig Complete(RouteConfig route)
    {
        var section = routes.GetSection($"{route.RouteId}:Metadata:{Root}");
        if (!section.GetChildren().Any())
        {
            return route;
        }

        var metadata = new Dictionary<string, string>(route.Metadata ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);
        metadata.Remove(Root);
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true))
        {
            if (key.Length > 0 && value is not null)
            {
                metadata[$"{Root}:{key}"] = value;
            }
        }

        return route with { Metadata = metadata };
    }
}
