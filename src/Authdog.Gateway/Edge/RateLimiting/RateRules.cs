using Authdog.Policies.Catalog;
using Authdog.Policies.Language;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>All limits of section <c>RateLimiting</c>: those that are judged before a route is looked for, those that need to know who asks for which, and those of API keys.</summary>
internal sealed class RateRules
{
    private static readonly string[] s_interfaces = [OwnPaths.Root + "/api", OwnPaths.Root + "/scim", OwnPaths.Root + "/session", OwnPaths.WellKnown];

    private readonly ClientList _allowed;

    public RateRules(IOptions<RateLimitingOptions> options, PolicyCatalog catalog)
    {
        _allowed = new ClientList(options.Value.AllowList, catalog);
        var all = Own(options.Value).Concat(options.Value.Rules).Select(rule => new RateRule(rule.Key, rule.Value, catalog)).ToArray();
        ByApiKey = [.. all.Where(rule => rule.IsByApiKey)];
        BeforeRouting = [.. all.Where(rule => !rule.NeedsRoute && !rule.IsByApiKey)];
        AfterAccess = [.. all.Where(rule => rule.NeedsRoute)];
        Announces = options.Value.Announce;
    }

    public RateRule[] BeforeRouting { get; }

    public RateRule[] AfterAccess { get; }

    public RateRule[] ByApiKey { get; }

    /// <summary>Whether an app's answers say what is left.</summary>
    public bool Announces { get; }

    /// <summary>Whether no rule concerns this client, whatever it asks for.</summary>
    public bool Spares(CanonicalRequest request) => _allowed.Contains(request.RemoteAddress);

    /// <summary>Every networks file that is named and does not exist: such a set of policies is not put into force.</summary>
    public IEnumerable<PolicyError> Check(PolicySnapshot policies)
    {
        var named = BeforeRouting.Concat(AfterAccess).Concat(ByApiKey).SelectMany(rule => rule.Files.Select(file => (Place: $"{RateLimitingOptions.Section}:Rules:{rule.Name}", File: file)))
            .Concat(_allowed.Files.Select(file => (Place: $"{RateLimitingOptions.Section}:AllowList", File: file)));
        foreach (var (place, file) in named.Where(entry => !policies.NetworkNames.Contains(entry.File, StringComparer.Ordinal)))
        {
            yield return new PolicyError("AG1244", "networks", 1, 1, $"{place} names a networks file that does not exist", file, $"Create networks/{file}.txt beside the policies, one address or block a line");
        }
    }

    private static IEnumerable<KeyValuePair<string, RateRuleSettings>> Own(RateLimitingOptions options)
    {
        if (options.Pages.Enabled)
        {
            yield return KeyValuePair.Create("own-pages", Rule(options.Pages, [OwnPaths.Root], [OwnPaths.Assets, .. s_interfaces]));
        }

        if (options.Interfaces.Enabled)
        {
            yield return KeyValuePair.Create("own-interfaces", Rule(options.Interfaces, s_interfaces, []));
        }
    }

    private static RateRuleSettings Rule(OwnRateSettings settings, IEnumerable<string> paths, IEnumerable<string> except)
    {
        var rule = new RateRuleSettings { Permits = settings.Permits, Window = settings.Window, Algorithm = settings.Algorithm, DryRun = settings.DryRun };
        foreach (var path in paths)
        {
            rule.Paths.Add(path);
        }

        foreach (var path in except)
        {
            rule.ExceptPaths.Add(path);
        }

        return rule;
    }
}
