using System.Collections.Frozen;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Rules;

/// <summary>Finds the rules that may match a request, in the order of the file, without looking at the others.</summary>
/// <remarks>
/// A rule stands in one place of the index, by something that must hold for it: a path, or else a route, a host, a role or a method.
/// Such a criterion misses or hits, so a rule that is passed over could only have missed; of a role this is so for somebody who is
/// signed in, and for nobody all of these rules are looked at. Rules without one are looked at for every request.
/// </remarks>
internal sealed class RuleIndex
{
    // Below this, looking at each is as fast as finding them.
    private const int FewRules = 12;

    // Who has more roles is compared with each rule.
    private const int ManyRoles = 8;

    private readonly Rule[] rules;
    private readonly int[] everywhere;
    private readonly PathTree? paths;
    private readonly FrozenDictionary<string, int[]> routes;
    private readonly FrozenDictionary<string, int[]> hosts;
    private readonly FrozenDictionary<string, int[]> roles;
    private readonly FrozenDictionary<string, int[]> methods;
    private readonly int[] ofAnyRole;

    public RuleIndex(IEnumerable<Rule> rules, bool refuses)
    {
        this.rules = [.. rules];
        var ignoringCase = refuses ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        List<int> general = [];
        List<(string, int)> byRoute = [];
        List<(string, int)> byHost = [];
        List<(string Name, int Place)> byRole = [];
        List<(string, int)> byMethod = [];
        var tree = new PathTree(ignoringCase);
        for (var place = 0; place < this.rules.Length; place++)
        {
            var rule = this.rules[place];
            if (this.rules.Length <= FewRules || rule.When is not { } when)
            {
                general.Add(place);
            }
            else if (Necessary<PathCriterion>(when, path => path.Patterns.All(pattern => pattern.LiteralSegments.Count > 0 && PathTree.CanHold(pattern))) is { } path)
            {
                tree.Add(path.Patterns, place);
            }
            else if (Necessary<RouteCriterion>(when, _ => true) is { } route)
            {
                byRoute.AddRange(route.Values.Select(name => (name, place)));
            }
            else if (Necessary<HostCriterion>(when, host => host.Hosts.All(name => name[0] != '*')) is { } host)
            {
                byHost.AddRange(host.Hosts.Select(name => (name, place)));
            }
            else if (Necessary<RoleCriterion>(when, _ => true) is { } role)
            {
                byRole.AddRange(role.Values.Select(name => (name, place)));
            }
            else if (Necessary<MethodCriterion>(when, _ => true) is { } method)
            {
                byMethod.AddRange(method.Values.Select(name => (name, place)));
            }
            else
            {
                general.Add(place);
            }
        }

        everywhere = [.. general];
        paths = tree.IsEmpty ? null : tree.Freeze();
        routes = Frozen(byRoute, StringComparer.Ordinal);
        hosts = Frozen(byHost, StringComparer.OrdinalIgnoreCase);
        roles = Frozen(byRole, StringComparer.OrdinalIgnoreCase);
        ofAnyRole = [.. byRole.Select(role => role.Place).Distinct()];
        methods = Frozen(byMethod, ignoringCase);
    }

    /// <summary>The rules that may match.</summary>
    public Candidates For(in AccessRequest request)
    {
        var candidates = new Candidates(rules);
        candidates.Add(everywhere);
        paths?.AddTo(ref candidates, request.Path);
        Add(ref candidates, routes, request.Route);
        Add(ref candidates, hosts, request.Host);
        Add(ref candidates, methods, request.Method);
        AddByRole(ref candidates, request.Subject);
        return candidates;
    }

    private void AddByRole(ref Candidates candidates, Subject? subject)
    {
        if (subject is null || subject.Roles.Count > ManyRoles)
        {
            candidates.Add(ofAnyRole);
            return;
        }

        foreach (var role in subject.Roles)
        {
            Add(ref candidates, roles, role);
        }
    }

    private static void Add(ref Candidates candidates, FrozenDictionary<string, int[]> places, string key)
    {
        if (places.Count > 0 && places.TryGetValue(key, out var found))
        {
            candidates.Add(found);
        }
    }

    private static FrozenDictionary<string, int[]> Frozen(List<(string Key, int Place)> entries, StringComparer comparer) => entries.Count == 0
        ? FrozenDictionary<string, int[]>.Empty
        : entries.GroupBy(entry => entry.Key, entry => entry.Place, comparer).ToFrozenDictionary(group => group.Key, group => group.Distinct().Order().ToArray(), comparer);

    // What must hold for the whole to hold.
    private static T? Necessary<T>(Criterion criterion, Func<T, bool> isUseful)
        where T : Criterion => criterion switch
        {
            T found when isUseful(found) => found,
            AllCriterion or ConditionCriterion => criterion.Parts.Select(part => Necessary(part, isUseful)).FirstOrDefault(found => found is not null),
            _ => null,
        };
}
