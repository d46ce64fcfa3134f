using Authdog.Gateway.Edge;
using Authdog.Policies.Catalog;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Authdog.Gateway.Routing;

/// <summary>The path segments that decide: those which the routes of a host and their policies name. A path that an upstream may read as having one of them where the policy saw none is refused.</summary>
/// <remarks>Asked for odd paths alone, so it looks at the current routes and policies each time.</remarks>
internal sealed class NamedSegments(IProxyStateLookup proxy, PolicyCatalog policies)
{
    // Stands for segments that a route matches by a pattern of its own.
    private const string Complex = "{";

    /// <summary>Whether it matters to access what the path is: the route's policy matches by path, or a route for the same hosts has another policy.</summary>
    public bool PathDecides(RouteModel route) =>
        policies.Current.PathSegments(route.Config.AuthorizationPolicy ?? string.Empty).Length > 0
        || proxy.GetRoutes().Any(other => other.Config.AuthorizationPolicy != route.Config.AuthorizationPolicy && MayShareHost(other, route));

    /// <summary>Whether some lenient reading of the path has a named segment that the path itself has not in that place.</summary>
    public bool MayHide(CanonicalRequest request, RouteModel route)
    {
        var names = Names(route);
        var decides = new Lazy<bool>(() => PathDecides(route));
        foreach (var segment in LenientPath.Differing(request.Path))
        {
            // Nothing left of it: all that follows moves up.
            if (segment.Length == 0 ? decides.Value : names.Contains(segment) || names.Contains(Complex))
            {
                return true;
            }
        }

        return false;
    }

    private HashSet<string> Names(RouteModel route)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var current = policies.Current;
        foreach (var other in proxy.GetRoutes().Where(other => MayShareHost(other, route)))
        {
            names.UnionWith(current.PathSegments(other.Config.AuthorizationPolicy ?? string.Empty));
            foreach (var segment in (other.Config.Match.Path ?? string.Empty).Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                names.Add(segment[0] == '{' && segment[^1] == '}' && !segment.Contains(':', StringComparison.Ordinal) && segment.AsSpan().Count('{') == 1 ? string.Empty
                    : segment.Contains('{', StringComparison.Ordinal) ? Complex
                    : segment);
            }
        }

        return names;
    }

    private static bool MayShareHost(RouteModel one, RouteModel other)
    {
        var (ours, theirs) = (one.Config.Match.Hosts, other.Config.Match.Hosts);
        return ours is not { Count: > 0 } || theirs is not { Count: > 0 }
            || ours.Concat(theirs).Any(host => host.Contains('*', StringComparison.Ordinal))
            || ours.Intersect(theirs, StringComparer.OrdinalIgnoreCase).Any();
    }
}
