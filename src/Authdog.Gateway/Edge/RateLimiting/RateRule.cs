using System.Collections.Frozen;
using Authdog.Gateway.Access;
using Authdog.Gateway.Routing;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Tenants;
using Authdog.Policies.Catalog;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>One limit, ready to be asked about requests.</summary>
internal sealed class RateRule
{
    private readonly RateRuleSettings _settings;
    private readonly Rate _rate;
    private readonly string[] _paths;
    private readonly string[] _exceptPaths;
    private readonly FrozenSet<string> _methods;
    private readonly FrozenSet<string> _hosts;
    private readonly FrozenSet<string> _tenants;
    private readonly FrozenSet<string> _routes;
    private readonly FrozenSet<string> _policies;
    private readonly ClientList _clients;
    private readonly ClientList _allowed;

    public RateRule(string name, RateRuleSettings settings, PolicyCatalog catalog)
    {
        (Name, _settings, _rate) = (name, settings, settings.ToRate());
        (_paths, _exceptPaths) = ([.. settings.Paths], [.. settings.ExceptPaths]);
        IsOwn = _paths.Length > 0 && Array.TrueForAll(_paths, OwnPaths.Contains);
        _methods = settings.Methods.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _hosts = settings.Hosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _tenants = settings.Tenants.ToFrozenSet(StringComparer.Ordinal);
        _routes = settings.Routes.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _policies = settings.Policies.ToFrozenSet(StringComparer.Ordinal);
        (_clients, _allowed) = (new ClientList(settings.Networks, catalog), new ClientList(settings.AllowList, catalog));
    }

    public string Name { get; }

    public bool DryRun => _settings.DryRun;

    public Rate Rate => _rate;

    /// <summary>Whether it can be judged only once it is known who asks for which route.</summary>
    public bool NeedsRoute => _settings.NeedsRoute;

    /// <summary>Whether it is judged where a key of the management API is verified.</summary>
    public bool IsByApiKey => _settings.IsByApiKey;

    /// <summary>Whether it concerns the gateway's own paths alone.</summary>
    public bool IsOwn { get; }

    /// <summary>Names of the networks files that it knows clients by.</summary>
    public IEnumerable<string> Files => _clients.Files.Concat(_allowed.Files);

    /// <summary>Whether a request is counted. Cheap questions come first, and the network's last.</summary>
    public bool Concerns(HttpContext context, CanonicalRequest request)
    {
        if ((IsOwn && !request.IsOwn) || (_paths.Length > 0 && !IsBelow(request.Path, _paths)))
        {
            return false;
        }

        return (_exceptPaths.Length == 0 || !IsBelow(request.Path, _exceptPaths))
            && (_methods.Count == 0 || _methods.Contains(request.Method))
            && (_hosts.Count == 0 || _hosts.Contains(request.Host))
            && (_tenants.Count == 0 || _tenants.Contains(Owner(context).Value))
            && (_routes.Count == 0 || (ProxiedRoute.Of(context) is { } route && _routes.Contains(route.Config.RouteId)))
            && (_policies.Count == 0 || (context.Features.Get<AccessFeature>() is { } access && _policies.Contains(access.Decision.Policy)))
            && (_clients.IsEmpty || _clients.Contains(request.RemoteAddress))
            && !_allowed.Contains(request.RemoteAddress);
    }

    /// <summary>The question to the store; null when there is nobody to count, such as no route.</summary>
    public RateAsk? Ask(HttpContext context, CanonicalRequest request)
    {
        var subject = _settings.By switch
        {
            RateSubject.Network => ClientNetwork.NeighbourhoodOf(request.RemoteAddress),
            RateSubject.Tenant or RateSubject.Everybody => string.Empty,
            RateSubject.Route => ProxiedRoute.Of(context)?.Config.RouteId,
            RateSubject.Policy => context.Features.Get<AccessFeature>()?.Decision.Policy,
            RateSubject.ApiKey => context.Features.Get<UsedApiKey>()?.Id,
            RateSubject.User => UserOf(context, request),
            RateSubject.Session => context.Features.Get<AccessFeature>()?.Session is { } session ? $"session\n{session.Id.Value}" : Client(request),
            _ => Client(request),
        };

        // People belong to their tenant (I10). A client network does not: it would have as many permits as there are tenants to ask for.
        var tenant = _settings.By is RateSubject.Tenant or RateSubject.User or RateSubject.Session or RateSubject.ApiKey ? Owner(context) : TenantId.Default;
        return subject is null ? null : new RateAsk(tenant, $"edge-{Name}", subject, _rate) { IsWatched = DryRun };
    }

    /// <summary>Who is counted as a user: whoever is signed in, or else the client network.</summary>
    public static string UserOf(HttpContext context, CanonicalRequest request) =>
        context.Features.Get<AccessFeature>()?.Session is { } session ? $"user\n{session.User}" : Client(request);

    public static string Client(CanonicalRequest request) => $"client\n{ClientNetwork.Of(request.RemoteAddress)}";

    public static TenantId Tenant(HttpContext context) => context.Features.Get<TenantFeature>()?.Tenant ?? TenantId.Default;

    // A key works for its tenant, whatever host it is used at.
    private TenantId Owner(HttpContext context) => IsByApiKey && context.Features.Get<UsedApiKey>() is { } key ? key.Tenant : Tenant(context);

    // Without regard to case: whether an app cares is the app's own affair.
    private static bool IsBelow(string path, string[] places)
    {
        foreach (var place in places)
        {
            if (path.StartsWith(place, StringComparison.OrdinalIgnoreCase) && (place[^1] == '/' || path.Length == place.Length || path[place.Length] == '/'))
            {
                return true;
            }
        }

        return false;
    }
}
