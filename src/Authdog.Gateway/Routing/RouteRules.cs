using Authdog.Gateway.Edge;
using Authdog.Policies.Catalog;
using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Routing;

/// <summary>What must hold for a route before it carries a request; used at start, on reload, and by the command <c>validate</c>.</summary>
internal sealed class RouteRules(PolicyCatalog policies)
{
    /// <summary>The route's settings, and every mistake in it; none when it may be used.</summary>
    public (RouteSettings Settings, IReadOnlyList<RouteError> Errors) Judge(RouteConfig route)
    {
        List<RouteError> errors = [];
        CheckPolicy(route, errors);
        CheckPath(route, errors);
        return (RouteSettingsReader.Read(route, errors), errors);
    }

    private void CheckPolicy(RouteConfig route, List<RouteError> errors)
    {
        var place = $"ReverseProxy:Routes:{route.RouteId}:AuthorizationPolicy";
        var policy = route.AuthorizationPolicy;
        if (string.IsNullOrWhiteSpace(policy))
        {
            errors.Add(new RouteError("AG1101", place, null, "name a policy of the policy folder; for a public app, one with an 'effect: public' rule."));
        }
        else if (policy.Equals("default", StringComparison.OrdinalIgnoreCase) || policy.Equals("anonymous", StringComparison.OrdinalIgnoreCase))
        {
            errors.Add(new RouteError("AG1102", place, policy, "this is a special value of YARP that decides nothing here; name a policy of the policy folder."));
        }
        else if (!policies.Contains(policy))
        {
            errors.Add(new RouteError("AG1103", place, policy, "the policy folder has no policy of this name; check the spelling, or add a file that begins with 'policy: " + policy + "'."));
        }
    }

    private static void CheckPath(RouteConfig route, List<RouteError> errors)
    {
        var path = route.Match?.Path;
        if (path is not null && OwnPaths.Contains(path.StartsWith('/') ? path : "/" + path))
        {
            errors.Add(new RouteError("AG1104", $"ReverseProxy:Routes:{route.RouteId}:Match:Path", path, "'/.authdog/' and '/.well-known/authdog/' belong to the gateway; choose another path."));
        }
    }
}
