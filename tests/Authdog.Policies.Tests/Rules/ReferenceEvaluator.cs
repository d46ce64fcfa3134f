using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Tests.Rules;

/// <summary>
/// The rules of the manual, slowly and obviously. Whether signing in could help is tried out: every combination of answers
/// that somebody could give to the questions about the person.
/// </summary>
internal static class ReferenceEvaluator
{
    public static (AccessOutcome Outcome, AccessReason Reason, string? Rule) Decide(ModelRule[] rules, AccessRequest request, bool withShadow)
    {
        var named = rules.Select((rule, index) => (Rule: rule, Name: "r" + index)).Where(rule => withShadow || !rule.Rule.IsShadow).ToList();
        var denying = named.Where(rule => rule.Rule.Effect == "deny").ToList();
        var permitting = named.Where(rule => rule.Rule.Effect != "deny").ToList();
        var nobody = request.Subject is null;

        // As it stands: for nobody, every criterion about the person misses, and no allow rule applies.
        var denied = denying.Where(rule => AsItStands(rule.Rule, request) != Verdict.Miss).ToList();
        var matching = permitting
            .Where(rule => AsItStands(rule.Rule, request) == Verdict.Hit && !(nobody && rule.Rule.Effect == "allow"))
            .ToList();
        if (denied.Count == 0)
        {
            foreach (var (rule, name) in matching.Where(rule => rule.Rule.RequirementHolds(request) && rule.Rule.ChallengeHolds(request)))
            {
                return (AccessOutcome.Allow, rule.Effect switch { "public" => AccessReason.PublicRule, "optional" => AccessReason.OptionalRule, _ => AccessReason.AllowRule }, name);
            }
        }

        if (denied.Count == 0 && matching.Count > 0 && matching[0].Rule.RequirementHolds(request))
        {
            return (AccessOutcome.Challenge, AccessReason.ClientChallengeRequired, matching[0].Name);
        }

        if (!nobody)
        {
            return denied.Count > 0 ? (AccessOutcome.Deny, AccessReason.DenyRule, denied[0].Name)
                : matching.Count > 0 ? (AccessOutcome.Challenge, AccessReason.StepUpRequired, matching[0].Name)
                : (AccessOutcome.Deny, AccessReason.NoRuleMatched, null);
        }

        foreach (var (rule, name) in denying)
        {
            if (Possible(rule, request).All(verdict => verdict != Verdict.Miss))
            {
                return (AccessOutcome.Deny, AccessReason.DenyRule, name);
            }
        }

        var hopeful = permitting.Where(rule => Possible(rule.Rule, request).Contains(Verdict.Hit)).ToList();
        return hopeful.Count == 0
            ? (AccessOutcome.Deny, AccessReason.NoRuleMatched, null)
            : (AccessOutcome.Challenge, AccessReason.SignInRequired, hopeful.Find(rule => rule.Rule.Require is null).Name ?? hopeful[0].Name);
    }

    private static Verdict AsItStands(ModelRule rule, AccessRequest request) => rule.When is null
        ? Verdict.Hit
        : rule.When.Judge(new Queue<Verdict>(rule.When.Leaves().Select(leaf =>
            leaf.IsPersonal && request.Subject is null ? Verdict.Miss : leaf.Truth(request))));

    private static IEnumerable<Verdict> Possible(ModelRule rule, AccessRequest request)
    {
        if (rule.When is null)
        {
            return [Verdict.Hit];
        }

        ModelLeaf[] leaves = [.. rule.When.Leaves()];
        var personal = leaves.Count(leaf => leaf.IsPersonal);
        return Enumerable.Range(0, 1 << personal).Select(answers =>
        {
            var bit = 0;
            return rule.When.Judge(new Queue<Verdict>(leaves.Select(leaf =>
                !leaf.IsPersonal ? leaf.Truth(request) : ((answers >> bit++) & 1) == 1 ? Verdict.Hit : Verdict.Miss)));
        }).ToList();
    }
}
