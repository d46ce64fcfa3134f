using System.Collections.Immutable;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Rules;

/// <summary>A compiled policy: deny wins; among the rest the first rule that matches and whose requirement holds lets pass.</summary>
internal sealed class Policy
{
    private readonly Rule[] denying;
    private readonly Rule[] permitting;
    private readonly AccessDecision nothingMatched;

    public Policy(string name, string file, IReadOnlyList<Rule> rules)
    {
        Name = name;
        File = file;
        Rules = rules;
        PathSegments = [.. rules.Where(rule => rule.When is not null).SelectMany(rule => SegmentsOf(rule.When!)).Distinct(StringComparer.OrdinalIgnoreCase)];
        denying = [.. rules.Where(rule => rule.Effect == RuleEffect.Deny)];
        permitting = [.. rules.Where(rule => rule.Effect != RuleEffect.Deny)];
        nothingMatched = new AccessDecision(AccessOutcome.Deny, AccessReason.NoRuleMatched, name, null, null, PassesIdentity: false);
    }

    public string Name { get; }

    public string File { get; }

    /// <summary>All rules in the order of the file.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>What its path criteria name, segment by segment.</summary>
    public ImmutableArray<string> PathSegments { get; }

    public AccessDecision Decide(in AccessRequest request)
    {
        var decision = DecideAsIs(in request);
        return request.Subject is null && decision.Outcome != AccessOutcome.Allow
            ? DecideForStranger(in request)
            : decision;
    }

    private AccessDecision DecideAsIs(in AccessRequest request)
    {
        foreach (var rule in denying)
        {
            // Unknown refuses: a rule that cannot be judged must not be the hole.
            if (rule.Judge(in request, AbsentPerson.Misses) != Verdict.Miss)
            {
                return rule.Applies;
            }
        }

        AccessDecision? stepUp = null;
        foreach (var rule in permitting)
        {
            if (rule.Effect == RuleEffect.Allow && request.Subject is null)
            {
                continue;
            }

            if (rule.Judge(in request, AbsentPerson.Misses) != Verdict.Hit)
            {
                continue;
            }

            if (rule.Requirement is null || (request.Subject is { } subject && rule.Requirement.IsMetBy(subject, request.Now)))
            {
                return rule.Applies;
            }

            stepUp ??= rule.StepUp;
        }

        return stepUp ?? nothingMatched;
    }

    // Nobody is signed in, and nothing lets nobody pass. Would it be worth asking who it is?
    private AccessDecision DecideForStranger(in AccessRequest request)
    {
        foreach (var rule in denying)
        {
            if (rule.Judge(in request, AbsentPerson.PullsToMiss) != Verdict.Miss)
            {
                return rule.Applies;
            }
        }

        AccessDecision? demanding = null;
        foreach (var rule in permitting)
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

    private static IEnumerable<string> SegmentsOf(Criterion criterion) =>
        criterion is PathCriterion path ? path.Segments : criterion.Parts.SelectMany(SegmentsOf);
}
