using System.Collections.Frozen;
using System.Collections.Immutable;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Explanation;

/// <summary>
/// What would have been enough: the least changes after which the very same policy would let the request pass. Each is
/// tried out before it is told; what whoever asks cannot change (path, method, host, route) is left alone.
/// </summary>
internal static class Sufficiency
{
    private const int MostWays = 3;
    private static readonly Subject s_somebody = new()
    {
        UserId = "somebody",
        Tenant = "somewhere",
        Email = "somebody@somewhere.invalid",
        EmailVerified = false,
        Roles = FrozenSet<string>.Empty,
        Acr = AssuranceLevel.All[0],
        Amr = FrozenSet.Create("pwd"),
        AuthenticatedAt = default,
    };

    /// <summary>Up to three ways, least first; empty when the request passes as it is, or nothing would be enough.</summary>
    public static ImmutableArray<string> Of(Policy policy, in AccessRequest request)
    {
        List<Attempt> found = [];
        foreach (var start in Starts(request))
        {
            foreach (var rule in policy.Rules.Where(rule => !rule.IsShadow && rule.Effect != RuleEffect.Deny))
            {
                if (Through(rule, policy, start) is { Weight: > 0 } attempt && policy.Decide(attempt.Request).Outcome == AccessOutcome.Allow)
                {
                    found.Add(attempt);
                }
            }
        }

        // What needs all that another way needs, and more, is no way of its own.
        var least = found.Where(attempt => !found.Any(other => other.Words.Length < attempt.Words.Length && other.Words.All(attempt.Words.Contains)));
        return [.. least.OrderBy(attempt => attempt.Weight).Select(attempt => string.Join(", and ", attempt.Words)).Distinct(StringComparer.Ordinal).Take(MostWays)];
    }

    private static IEnumerable<Attempt> Starts(AccessRequest request)
    {
        yield return new Attempt(request, [], 0);
        if (request.Subject is null)
        {
            var somebody = s_somebody with { AuthenticatedAt = request.Now, SessionCreatedAt = request.Now };
            yield return new Attempt(request with { Subject = somebody }, ["signing in"], Weights.SignIn);
        }
    }

    private static Attempt? Through(Rule rule, Policy policy, Attempt start)
    {
        var attempt = rule.When is null ? start : Make(rule.When, start, hit: true);
        foreach (var refusing in policy.Rules.Where(other => !other.IsShadow && other.Effect == RuleEffect.Deny))
        {
            // A refusal without condition is for all.
            attempt = attempt is null || refusing.When is null ? null : Make(refusing.When, attempt, hit: false);
        }

        if (rule.NeedsChallenge && attempt is not null && attempt.Request.Facts?.ChallengePassed is not true)
        {
            attempt = new Attempt(
                attempt.Request with { Facts = new SolvedFacts(attempt.Request.Facts ?? GivenFacts.None) },
                [.. attempt.Words, "a solved challenge"],
                attempt.Weight + Weights.Challenge);
        }

        if (attempt?.Request is not { Subject: { } subject } request || rule.Requirement?.Unmet(subject, request.Now) is not { } unmet)
        {
            return attempt;
        }

        return new Attempt(
            request with { Subject = Sufficient.SignIn(subject, unmet, request.Now) },
            [.. attempt.Words, $"a sign-in that meets {Vocabulary.Words(unmet)}"],
            attempt.Weight + Weights.SignIn);
    }

    private static Attempt? Make(Criterion criterion, Attempt attempt, bool hit)
    {
        var wanted = hit ? Verdict.Hit : Verdict.Miss;
        if (criterion.Judge(attempt.Request, AbsentPerson.Misses) == wanted)
        {
            return attempt;
        }

        return criterion switch
        {
            NotCriterion => Make(criterion.Parts[0], attempt, !hit),
            ConditionCriterion => Make(criterion.Parts[0], attempt, hit),
            AllCriterion when hit => MakeEach(criterion, attempt, hit),
            AnyCriterion when !hit => MakeEach(criterion, attempt, hit),
            AllCriterion or AnyCriterion => criterion.Parts.Select(part => Make(part, attempt, hit)).Where(way => way is not null).MinBy(way => way!.Weight),
            _ => criterion.Suppose(attempt.Request, hit) is { } change && criterion.Judge(change.Request, AbsentPerson.Misses) == wanted
                ? new Attempt(change.Request, [.. attempt.Words, change.Words], attempt.Weight + change.Weight)
                : null,
        };
    }

    private static Attempt? MakeEach(Criterion criterion, Attempt attempt, bool hit)
    {
        Attempt? reached = attempt;
        foreach (var part in criterion.Parts)
        {
            reached = reached is null ? null : Make(part, reached, hit);
        }

        return reached;
    }

    private sealed record Attempt(AccessRequest Request, ImmutableArray<string> Words, int Weight);
}
