using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Rules;

/// <summary>Rules that decide together: deny wins; among the rest the first rule that matches and whose requirement and challenge are met lets pass.</summary>
internal sealed class RuleSet
{
    private readonly RuleIndex denying;
    private readonly RuleIndex permitting;
    private readonly AccessDecision nothingMatched;

    public RuleSet(IEnumerable<Rule> rules, AccessDecision nothingMatched)
    {
        Rule[] all = [.. rules];
        denying = new RuleIndex(all.Where(rule => rule.Effect == RuleEffect.Deny), refuses: true);
        permitting = new RuleIndex(all.Where(rule => rule.Effect != RuleEffect.Deny), refuses: false);
        this.nothingMatched = nothingMatched;
    }

    public AccessDecision Decide(in AccessRequest request)
    {
        var decision = DecideAsIs(in request);
        return request.Subject is null && decision.Outcome != AccessOutcome.Allow && decision.Reason != AccessReason.ClientChallengeRequired
            ? DecideForStranger(in request)
            : decision;
    }

    private AccessDecision DecideAsIs(in AccessRequest request)
    {
        foreach (var rule in denying.For(in request))
        {
            // Unknown refuses: a rule that cannot be judged must not be the hole.
            if (rule.Judge(in request, AbsentPerson.Misses) != Verdict.Miss)
            {
                return rule.Applies;
            }
        }

        AccessDecision? missing = null;
        foreach (var rule in permitting.For(in request))
        {
            if (rule.Effect == RuleEffect.Allow && request.Subject is null)
            {
                continue;
            }

            if (rule.Judge(in request, AbsentPerson.Misses) != Verdict.Hit)
            {
                continue;
            }

            if (rule.Requirement is not null && (request.Subject is not { } subject || !rule.Requirement.IsMetBy(subject, request.Now)))
            {
                missing ??= rule.StepUp;
            }
            else if (rule.NeedsChallenge && request.Facts?.ChallengePassed is not true)
            {
                missing ??= rule.Challenge;
            }
            else
            {
                return rule.Applies;
            }
        }

        return missing ?? nothingMatched;
    }

    // Nobody is signed in, and nothing lets nobody pass. Would it be worth asking who it is?
    private AccessDecision DecideForStranger(in AccessRequest request)
    {
        foreach (var rule in denying.For(in request))
        {
            if (rule.Judge(in request, AbsentPerson.PullsToMiss) != Verdict.Miss)
            {
                return rule.Applies;
            }
        }

        AccessDecision? demanding = null;
        foreach (var rule in permitting.For(in request))
        {
            if (rule.Judge(in request, AbsentPerson.PullsToHit) != Verdict.Hit)
            {
                continue;
            }

            if (rule.Requirement is null)
            {
                return rule.SignIn;
            }

            demanding ??= rule.SignIn;
        }

        return demanding ?? nothingMatched;
    }
}
