using System.Collections.Immutable;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Rules;

/// <summary>A compiled policy: what is enforced, and beside it what would be.</summary>
internal sealed class Policy
{
    private readonly RuleSet enforced;
    private readonly RuleSet? withShadow;
    private readonly Policy? shadow;

    public Policy(string name, string file, IReadOnlyList<Rule> rules, bool isShadow, Treatment treatment)
    {
        Name = name;
        File = file;
        Rules = rules;
        IsShadow = isShadow;
        Treatment = treatment;
        PathSegments = [.. rules.Where(rule => rule.When is not null).SelectMany(rule => SegmentsOf(rule.When!)).Distinct(StringComparer.OrdinalIgnoreCase)];
        var nothingMatched = new AccessDecision(AccessOutcome.Deny, AccessReason.NoRuleMatched, name, null, null, PassesIdentity: false) { Treatment = treatment };
        enforced = new RuleSet(rules.Where(rule => !rule.IsShadow), nothingMatched);
        withShadow = rules.Any(rule => rule.IsShadow) ? new RuleSet(rules, nothingMatched) : null;
        Inputs = PolicyInputs.Of(rules);
    }

    private Policy(Policy policy, Policy shadow)
    {
        (Name, File, Rules, Treatment, PathSegments) = (policy.Name, policy.File, policy.Rules, policy.Treatment, policy.PathSegments);
        (enforced, withShadow) = (policy.enforced, policy.withShadow);
        Inputs = policy.Inputs.With(shadow.Inputs);
        this.shadow = shadow;
    }

    public string Name { get; }

    public string File { get; }

    /// <summary>All rules in the order of the file.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>Whether all of it is judged and recorded, and not enforced.</summary>
    public bool IsShadow { get; }

    /// <summary>The settings that it chooses where its rules choose no others.</summary>
    public Treatment Treatment { get; }

    /// <summary>The policy of the same name in shadow mode, if there is one.</summary>
    public Policy? Shadow => shadow;

    /// <summary>What its decisions depend on.</summary>
    public PolicyInputs Inputs { get; }

    /// <summary>What its path criteria name, segment by segment; <c>{</c> stands for one with a pattern of its own.</summary>
    public ImmutableArray<string> PathSegments { get; }

    /// <summary>This policy with one in shadow mode beside it.</summary>
    public Policy Beside(Policy inShadowMode) => new(this, inShadowMode);

    public AccessDecision Decide(in AccessRequest request)
    {
        var decision = enforced.Decide(in request);
        return withShadow is null && shadow is null ? decision : Record(decision, in request);
    }

    private AccessDecision Record(AccessDecision decision, in AccessRequest request)
    {
        var withRules = withShadow is null ? null : Changed(decision, Judge(withShadow, in request));
        var byPolicy = shadow is null ? null : Changed(decision, Judge(shadow.enforced, in request));
        return withRules is null && byPolicy is null ? decision : decision with { WithShadowRules = withRules, ByShadowPolicy = byPolicy };
    }

    // What is only recorded must not be able to break what is enforced.
    private AccessDecision Judge(RuleSet rules, in AccessRequest request)
    {
        try
        {
            return rules.Decide(in request);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new AccessDecision(AccessOutcome.Deny, AccessReason.EvaluationFailed, Name, null, null, PassesIdentity: false);
        }
    }

    private static AccessDecision? Changed(AccessDecision enforced, AccessDecision other) =>
        other.Outcome != enforced.Outcome || other.PassesIdentity != enforced.PassesIdentity || !Equals(other.Requirement, enforced.Requirement)
            || (other.Reason == AccessReason.ClientChallengeRequired) != (enforced.Reason == AccessReason.ClientChallengeRequired) ? other : null;

    private static IEnumerable<string> SegmentsOf(Criterion criterion) => criterion switch
    {
        PathCriterion path => path.Patterns.SelectMany(pattern => pattern.Text[1..].Split('/'))
            .Select(segment => segment is "*" or "**" || !segment.Contains('*', StringComparison.Ordinal) ? segment : "{"),
        PathExpressionCriterion => ["{"],
        _ => criterion.Parts.SelectMany(SegmentsOf),
    };
}
