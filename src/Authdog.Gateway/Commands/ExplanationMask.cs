using System.Collections.Frozen;
using Authdog.Gateway.Access.Recording;
using Authdog.Policies.Explanation;

namespace Authdog.Gateway.Commands;

/// <summary>Puts keyed hashes in place of what an explanation shows of a person and of what a client sent.</summary>
internal static class ExplanationMask
{
    // What is not in here is masked: a new criterion shows nothing before somebody has thought about it.
    private static readonly FrozenSet<string> s_plain = new[]
    {
        "route", "method", "host", "tenant", "role", "permission", "acr", "amr", "max-age", "session-age", "time", "country", "asn", "bot-score", "passkey",
        "connection", "client", "factor", "condition",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static PolicyExplanation Apply(PolicyExplanation explanation, DecisionSeal seal) => explanation with
    {
        Rules = [.. explanation.Rules.Select(rule => rule with { Criteria = rule.Criteria is { } criteria ? Apply(criteria, seal) : null })],
    };

    private static ExplainedCriterion Apply(ExplainedCriterion criterion, DecisionSeal seal) => criterion with
    {
        Seen = criterion.Seen is { } seen && criterion.Parts.IsEmpty && !s_plain.Contains(criterion.Keyword) && seen != "nobody is signed in" ? $"#{seal.Mask(seen)}" : criterion.Seen,
        Parts = [.. criterion.Parts.Select(part => Apply(part, seal))],
    };
}
