using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Explanation;

/// <summary>One rule, and what came of it.</summary>
/// <param name="Name">Name of the rule.</param>
/// <param name="Line">Line of the rule in the policy's file.</param>
/// <param name="Effect">What the rule does when it matches.</param>
/// <param name="Verdict">Whether it matches.</param>
/// <param name="Criteria">Its criteria; <see langword="null"/> when it has none and so matches every request.</param>
/// <param name="Requirement">What it requires of the authentication, if anything.</param>
/// <param name="RequirementMet">Whether the requirement holds; <see langword="null"/> when there is none or nobody is signed in.</param>
/// <param name="Decided">Whether this rule made the decision.</param>
/// <param name="IsShadow">Whether the rule is in shadow mode: judged, and not enforced.</param>
public sealed record ExplainedRule(
    string Name,
    int Line,
    RuleEffect Effect,
    Verdict Verdict,
    ExplainedCriterion? Criteria,
    AuthenticationRequirement? Requirement,
    bool? RequirementMet,
    bool Decided,
    bool IsShadow)
{
    /// <summary>Whether the client has solved the challenge that the rule asks for; <see langword="null"/> when it asks for none.</summary>
    public bool? ChallengePassed { get; init; }
}
