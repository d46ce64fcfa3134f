using System.Collections.Frozen;
using System.Collections.Immutable;
using Authdog.Policies.Criteria;

namespace Authdog.Policies.Rules;

/// <summary>What the decisions of a policy depend on, so that no more than that need be recorded.</summary>
/// <param name="Keywords">The keywords of its criteria, <c>path</c>, <c>role</c> and so on, without combinations.</param>
/// <param name="Headers">Names of the headers that it asks for.</param>
/// <param name="QueryParameters">Names of the query's parameters that it asks for.</param>
/// <param name="Claims">Names of the claims that it asks for, with dots into nested ones.</param>
/// <param name="Requires">Whether some rule requires something of the authentication.</param>
public sealed record PolicyInputs(
    FrozenSet<string> Keywords,
    ImmutableArray<string> Headers,
    ImmutableArray<string> QueryParameters,
    ImmutableArray<string> Claims,
    bool Requires)
{
    /// <summary>Whether some rule asks for a solved challenge.</summary>
    public bool Challenges { get; init; }

    /// <summary>Nothing.</summary>
    public static PolicyInputs None { get; } = Of([]);

    internal static PolicyInputs Of(IReadOnlyList<Rule> rules)
    {
        Criterion[] leaves = [.. rules.Where(rule => rule.When is not null).SelectMany(rule => Leaves(rule.When!))];
        return new PolicyInputs(
            leaves.Select(leaf => leaf.Keyword).ToFrozenSet(StringComparer.Ordinal),
            Names(leaves.OfType<HeaderCriterion>().Select(header => header.Name)),
            Names(leaves.OfType<QueryCriterion>().Select(query => query.Name)),
            Names(leaves.OfType<ClaimCriterion>().Select(claim => claim.Name)),
            rules.Any(rule => rule.Requirement is not null))
        {
            Challenges = rules.Any(rule => rule.NeedsChallenge),
        };
    }

    internal PolicyInputs With(PolicyInputs other) => new(
        Keywords.Union(other.Keywords).ToFrozenSet(StringComparer.Ordinal),
        Names(Headers.Concat(other.Headers)),
        Names(QueryParameters.Concat(other.QueryParameters)),
        Names(Claims.Concat(other.Claims)),
        Requires || other.Requires)
    {
        Challenges = Challenges || other.Challenges,
    };

    private static ImmutableArray<string> Names(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<Criterion> Leaves(Criterion criterion) => criterion.Parts.Count == 0 ? [criterion] : criterion.Parts.SelectMany(Leaves);
}
