using Authdog.Policies.Criteria;
using Authdog.Policies.Language;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Linting;

/// <summary>Rules that can never decide, conditions that can never hold, and public paths beneath protected ones.</summary>
internal static class RuleLint
{
    public static IEnumerable<PolicyError> Check(Policy policy)
    {
        Rule[] enforced = [.. policy.Rules.Where(rule => !rule.IsShadow)];
        for (var i = 0; i < enforced.Length; i++)
        {
            var rule = enforced[i];
            if (rule.When is not null && Implication.Contradiction(rule.When) is { } apart)
            {
                yield return Warn(policy, rule, ErrorCodes.NeverHolds, $"The condition can never hold: {Words(apart.One)} and {Words(apart.Other)} exclude each other", "Put them into any, or take one out");
            }
            else if (FirstThatCovers(enforced.AsSpan(0, i), rule) is { } earlier)
            {
                yield return Warn(policy, rule, ErrorCodes.NeverDecides, $"The rule never decides: \"{earlier.Name}\" in line {earlier.Line} matches whenever it does", "Move it before that rule, or remove it");
            }
            else if (rule.Effect != RuleEffect.Deny && enforced.FirstOrDefault(other => other.Effect == RuleEffect.Deny && Implication.Covers(other.When, rule.When)) is { } refusing)
            {
                yield return Warn(policy, rule, ErrorCodes.AlwaysRefused, $"The rule never lets anybody pass: \"{refusing.Name}\" in line {refusing.Line} refuses whatever it matches", "Narrow that rule, or remove this one");
            }

            foreach (var above in Protecting(enforced, rule))
            {
                yield return Warn(policy, rule, ErrorCodes.PublicBeneath, $"Anybody may pass beneath a path that \"{above.Name}\" in line {above.Line} protects", "Make sure that this is meant; if it is, move the public path elsewhere or give it a route and policy of its own");
            }
        }
    }

    private static Rule? FirstThatCovers(ReadOnlySpan<Rule> earlier, Rule rule)
    {
        foreach (var other in earlier)
        {
            // A rule for signed-in people leaves strangers to a later rule for all, and one that requires something leaves those who do not meet it.
            var decidesFirst = rule.Effect == RuleEffect.Deny
                ? other.Effect == RuleEffect.Deny
                : other.Effect != RuleEffect.Deny && other.Requirement is null && !other.NeedsChallenge && (other.Effect != RuleEffect.Allow || rule.Effect == RuleEffect.Allow);
            if (decidesFirst && Implication.Covers(other.When, rule.When))
            {
                return other;
            }
        }

        return null;
    }

    private static IEnumerable<Rule> Protecting(Rule[] rules, Rule rule) => rule.Effect is RuleEffect.Public or RuleEffect.Optional && PathsOf(rule) is { Count: > 0 } open
        ? rules.Where(other => other.Effect == RuleEffect.Allow && PathsOf(other).Any(above => above.LiteralSegments.Count > 0 && open.Any(pattern => Implication.Covers(above, pattern)))).Take(1)
        : [];

    private static List<PathPattern> PathsOf(Rule rule) => rule.When is null ? [] : [.. Implication.Conjuncts(rule.When).OfType<PathCriterion>().SelectMany(path => path.Patterns)];

    private static PolicyError Warn(Policy policy, Rule rule, string code, string message, string cure) => new(code, policy.File, rule.Line, 1, message, rule.Name, cure);

    private static string Words(Criterion criterion) => criterion is NotCriterion ? $"not {Words(criterion.Parts[0])}" : $"{criterion.Keyword} {criterion.Wanted}".TrimEnd();
}
