using Authdog.Policies.Decisions;
using Authdog.Policies.Language;
using CsCheck;

namespace Authdog.Policies.Tests.Rules;

/// <summary>The evaluator agrees with <see cref="ReferenceEvaluator"/> on random policies and requests.</summary>
public sealed class ReferenceEvaluatorTests
{
    private static readonly Gen<ModelCondition> Leaf = Gen.OneOfConst<ModelCondition>([.. ModelLeaves.All]);

    private static readonly Gen<ModelCondition> Condition = Gen.Recursive<ModelCondition>((depth, inner) => depth >= 3
        ? Leaf
        : Gen.Frequency(
            (3, Leaf),
            (1, inner.Array[1, 3].Select(parts => (ModelCondition)new ModelAll(parts))),
            (1, inner.Array[1, 3].Select(parts => (ModelCondition)new ModelAny(parts))),
            (1, inner.Select(part => (ModelCondition)new ModelNot(part)))));

    // Flat, so that there can be enough of them for the index, and still few people to try out.
    private static readonly Gen<ModelCondition> Flat = Leaf.Array[1, 3].Select(leaves => (ModelCondition)new ModelAll(leaves));

    private static readonly Gen<ModelRule[]> Rules = Gen.Frequency((4, RuleOf(Condition).Array[1, 5]), (1, RuleOf(Flat).Array[15, 40]));

    [Fact]
    public void AgreesWithReference_OnRandomPoliciesAndRequests() =>
        Gen.Select(Rules, ModelRequests.All.Array[8]).Sample((rules, requests) =>
        {
            var text = "policy: p\nrules:\n" + string.Concat(rules.Select((rule, index) => $"  - {rule.ToYaml("r" + index)}\n"));
            var policy = Ask.Policy(text);
            foreach (var request in requests)
            {
                var actual = policy.Decide(request);
                var enforced = ReferenceEvaluator.Decide(rules, request, withShadow: false);
                Plain(actual).ShouldBe(enforced, text);

                var shadow = ReferenceEvaluator.Decide(rules, request, withShadow: true);
                var changes = shadow.Outcome != enforced.Outcome || Identity(shadow.Reason) != Identity(enforced.Reason)
                    || (shadow.Reason == AccessReason.ClientChallengeRequired) != (enforced.Reason == AccessReason.ClientChallengeRequired)
                    || (shadow.Outcome == AccessOutcome.Challenge && Required(rules, shadow.Rule) != Required(rules, enforced.Rule));
                (actual.WithShadowRules is { } other ? Plain(other) : null).ShouldBe(changes ? shadow : null, text);
            }
        }, iter: 2_500);

    [Fact]
    public void EveryCriterionIsInTheModel() =>
        ModelLeaves.All.OfType<ModelLeaf>().Select(leaf => leaf.Keyword).Distinct().Order()
            .ShouldBe(CriterionKeywords.Names.Except(["all", "any", "not"]).Order());

    private static Gen<ModelRule> RuleOf(Gen<ModelCondition> condition) => Gen.Select(
        Gen.OneOfConst("public", "optional", "allow", "allow", "deny"),
        condition,
        Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true))),
        Gen.OneOfConst<string?>(null, null, "acr", "max-age", "passkey", "connection"),
        Gen.Frequency((5, Gen.Const(false)), (1, Gen.Const(true))),
        Gen.Frequency((5, Gen.Const(false)), (1, Gen.Const(true))),
        (effect, when, always, require, shadow, challenge) => new ModelRule(
            effect,
            always || (effect is "public" or "optional" && when.Leaves().Any(leaf => leaf.IsPersonal)) ? null : when,
            effect == "allow" ? require : null,
            shadow,
            challenge && effect != "deny"));

    private static (AccessOutcome Outcome, AccessReason Reason, string? Rule)? Plain(AccessDecision decision) => (decision.Outcome, decision.Reason, decision.Rule);

    private static bool Identity(AccessReason reason) => reason is AccessReason.OptionalRule or AccessReason.AllowRule;

    private static string? Required(ModelRule[] rules, string? rule) => rule is null ? null : rules[int.Parse(rule.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)].Require;
}
