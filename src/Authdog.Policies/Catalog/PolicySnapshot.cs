using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;
using Authdog.Policies.Explanation;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Catalog;

/// <summary>One complete, immutable set of policies.</summary>
public sealed class PolicySnapshot
{
    private readonly FrozenDictionary<string, Policy> policies;

    internal PolicySnapshot(IEnumerable<Policy> policies, DateTimeOffset loadedAt)
    {
        this.policies = policies.ToFrozenDictionary(policy => policy.Name, StringComparer.Ordinal);
        Names = [.. this.policies.Keys.Order(StringComparer.Ordinal)];
        LoadedAt = loadedAt;
    }

    /// <summary>Networks by the names of their files.</summary>
    internal IReadOnlyDictionary<string, NetworkSet?> Networks { private get; init; } = FrozenDictionary<string, NetworkSet?>.Empty;

    /// <summary>The policies themselves, in the order of <see cref="Names"/>.</summary>
    internal IEnumerable<Policy> Policies => Names.Select(name => policies[name]);

    internal static PolicySnapshot Empty { get; } = new([], DateTimeOffset.MinValue);

    /// <summary>Names of all policies, in ordinal order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>When the set was loaded.</summary>
    public DateTimeOffset LoadedAt { get; }

    /// <summary>Whether there is a policy of this name. Names are compared exactly.</summary>
    public bool Contains(string policy) => policies.ContainsKey(policy);

    /// <summary>The path segments that the named policy matches by, <c>*</c>, <c>**</c> and, for what is matched by a pattern of its own, <c>{</c> among them; empty when its decisions never depend on the path.</summary>
    public ImmutableArray<string> PathSegments(string policy) => policies.TryGetValue(policy, out var found) ? found.PathSegments : [];

    /// <summary>What the decisions of the named policy depend on, its shadow among them.</summary>
    public PolicyInputs Inputs(string policy) => policies.TryGetValue(policy, out var found) ? found.Inputs : PolicyInputs.None;

    /// <summary>What policies and their rules, those in shadow mode too, choose by name; with the policy's name and file.</summary>
    public IEnumerable<(string Policy, string File, Treatment Treatment)> Treatments =>
        from policy in policies.Values.SelectMany(policy => policy.Shadow is { } shadow ? new[] { policy, shadow } : [policy])
        from treatment in policy.Rules.Select(rule => rule.Applies.Treatment).Prepend(policy.Treatment).Distinct()
        where treatment != Treatment.None
        select (policy.Name, policy.File, treatment);

    /// <summary>Names of the networks, each a file <c>networks/NAME.txt</c>.</summary>
    public IEnumerable<string> NetworkNames => Networks.Keys;

    /// <summary>Whether an address is in the named network; in one that does not exist none is.</summary>
    public bool IsIn(string network, IPAddress address) => Networks.TryGetValue(network, out var set) && set?.Contains(address) == true;

    /// <summary>Decides by the named policy. An unknown name denies.</summary>
    public AccessDecision Decide(string policy, in AccessRequest request) =>
        policies.TryGetValue(policy, out var found) ? found.Decide(in request) : Unknown(policy);

    /// <summary>Decides like <see cref="Decide"/> and tells how, rule by rule and criterion by criterion, and what would have been enough.</summary>
    public PolicyExplanation Explain(string policy, in AccessRequest request, Disclosure disclosure = Disclosure.Masked) =>
        policies.TryGetValue(policy, out var found)
            ? Explainer.Explain(found, in request, disclosure)
            : Explainer.UnknownPolicy(Unknown(policy));

    private static AccessDecision Unknown(string policy) =>
        new(AccessOutcome.Deny, AccessReason.UnknownPolicy, policy, null, null, PassesIdentity: false);
}
