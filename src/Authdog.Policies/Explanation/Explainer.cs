using System.Collections.Immutable;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Explanation;

/// <summary>Tells how a policy came to its decision.</summary>
internal static class Explainer
{
    public static PolicyExplanation Explain(Policy policy, in AccessRequest request, Disclosure disclosure) =>
        Explain(policy, policy.Decide(in request), in request, disclosure) with
        {
            Enough = Sufficiency.Of(policy, in request),
            Shadow = policy.Shadow is { } shadow ? Explain(shadow, shadow.Decide(in request), in request, disclosure) : null,
        };

    public static PolicyExplanation UnknownPolicy(AccessDecision decision) =>
        new(decision, $"there is no policy named \"{decision.Policy}\"", null, []);

    private static PolicyExplanation Explain(Policy policy, AccessDecision decision, in AccessRequest request, Disclosure disclosure)
    {
        var rules = ImmutableArray.CreateBuilder<ExplainedRule>(policy.Rules.Count);
        foreach (var rule in policy.Rules)
        {
            rules.Add(Explain(rule, in request, rule.Name == decision.Rule, disclosure));
        }

        return new PolicyExplanation(decision, Why(decision, in request), policy.File, rules.MoveToImmutable());
    }

    private static ExplainedRule Explain(Rule rule, in AccessRequest request, bool decided, Disclosure disclosure) => new(
        rule.Name,
        rule.Line,
        rule.Effect,
        rule.When is null ? Verdict.Hit : Judge(rule.When, in request),
        rule.When is null ? null : Explain(rule.When, in request, disclosure),
        rule.Requirement,
        request.Subject is { } subject ? rule.Requirement?.IsMetBy(subject, request.Now) : null,
        decided,
        rule.IsShadow)
    {
        ChallengePassed = rule.NeedsChallenge ? request.Facts?.ChallengePassed is true : null,
    };

    private static ExplainedCriterion Explain(Criterion criterion, in AccessRequest request, Disclosure disclosure)
    {
        var parts = ImmutableArray.CreateBuilder<ExplainedCriterion>(criterion.Parts.Count);
        foreach (var part in criterion.Parts)
        {
            parts.Add(Explain(part, in request, disclosure));
        }

        var seen = criterion.Seen(in request);
        return new ExplainedCriterion(
            criterion.Keyword,
            criterion.Line,
            Judge(criterion, in request),
            criterion.Wanted,
            disclosure == Disclosure.Full ? seen : Mask.Of(seen, criterion.Shows),
            parts.MoveToImmutable());
    }

    // While nobody is signed in, what depends on the person is unknown: both extremes are tried.
    private static Verdict Judge(Criterion criterion, in AccessRequest request)
    {
        var least = criterion.Judge(in request, AbsentPerson.PullsToMiss);
        return least == criterion.Judge(in request, AbsentPerson.PullsToHit) ? least : Verdict.Unknown;
    }

    private static string Why(AccessDecision decision, in AccessRequest request) => decision.Reason switch
    {
        AccessReason.DenyRule => $"rule \"{decision.Rule}\" refuses, and a refusal wins over every other rule",
        AccessReason.PublicRule => $"rule \"{decision.Rule}\" is public: anybody may pass, and the app is not told who asks",
        AccessReason.OptionalRule => $"rule \"{decision.Rule}\" lets anybody pass, and the app is told who asks when somebody is signed in",
        AccessReason.AllowRule => $"rule \"{decision.Rule}\" allows it",
        AccessReason.SignInRequired => $"nobody is signed in, and rule \"{decision.Rule}\" may let somebody pass who is",
        AccessReason.StepUpRequired => $"rule \"{decision.Rule}\" would allow it, once the authentication meets {Vocabulary.Words(decision.Requirement!)}",
        AccessReason.ClientChallengeRequired => $"rule \"{decision.Rule}\" would let it pass, once the client has solved a challenge",
        _ => request.Subject is null
            ? "no rule lets this pass, whoever might sign in"
            : "no rule lets this pass, and what no rule lets pass is refused",
    };
}
