using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Tests.Rules;

/// <summary>Shadow mode is judged and told, and changes nothing.</summary>
public sealed class ShadowTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void RuleInShadowMode_NeitherRefusesNorLetsPass()
    {
        var policy = Ask.Policy("""
            policy: p
            rules:
              - { name: staff, effect: allow, when: { role: staff } }
              - { name: partners, effect: allow, mode: shadow, when: { role: partner } }
              - { name: office, effect: deny, mode: shadow, when: { not: { ip: 10.0.0.0/8 } } }
            """);

        var staff = policy.Decide(Ask.Request(by: Ask.Person(["staff"])));
        (staff.Outcome, staff.Rule).ShouldBe((AccessOutcome.Allow, "staff"));
        (staff.WithShadowRules!.Outcome, staff.WithShadowRules.Rule).ShouldBe((AccessOutcome.Deny, "office"));

        var partner = policy.Decide(Ask.Request(by: Ask.Person(["partner"]), ip: "10.0.0.1"));
        (partner.Outcome, partner.Reason).ShouldBe((AccessOutcome.Deny, AccessReason.NoRuleMatched));
        (partner.WithShadowRules!.Outcome, partner.WithShadowRules.Rule).ShouldBe((AccessOutcome.Allow, "partners"));

        policy.Decide(Ask.Request(by: Ask.Person(["staff"]), ip: "10.0.0.1")).WithShadowRules.ShouldBeNull();
    }

    [Fact]
    public void PolicyInShadowMode_IsJudgedBesideTheEnforcedOne()
    {
        folder.Write("site.yaml", "policy: site\nrules: [{ name: all, effect: optional }]\n");
        folder.Write("site-next.yaml", "policy: site\nmode: shadow\nrules: [{ name: members, effect: allow, when: { role: member } }]\n");
        var policies = PolicyCatalog.Load(folder.Path, TimeProvider.System).Snapshot!;

        policies.Names.ShouldBe(["site"]);
        var stranger = policies.Decide("site", Ask.Request());
        (stranger.Outcome, stranger.Rule, stranger.ByShadowPolicy!.Outcome, stranger.ByShadowPolicy.Reason).ShouldBe((AccessOutcome.Allow, "all", AccessOutcome.Challenge, AccessReason.SignInRequired));
        policies.Decide("site", Ask.Request(by: Ask.Person(["member"]))).ByShadowPolicy.ShouldBeNull();
        policies.Inputs("site").Keywords.ShouldContain("role");

        var explanation = policies.Explain("site", Ask.Request());
        explanation.Shadow!.Rules.ShouldHaveSingleItem().Name.ShouldBe("members");
        explanation.ToText().ShouldContain("In shadow mode, not enforced:\nchallenge (sign-in-required)");
    }

    [Fact]
    public void TreatmentAndWordsOfARefusal_ComeWithTheDecision()
    {
        var policy = Ask.Policy("""
            policy: p
            rate-limit: relaxed
            security-headers: basic
            rules:
              - { name: moved, effect: deny, when: { path: /old }, message: It has moved., link: /new }
              - { name: new, effect: optional, when: { path: /new }, rate-limit: strict, header-mapping: short }
            """);

        var moved = policy.Decide(Ask.Request("/old"));
        (moved.Message, moved.Link).ShouldBe(("It has moved.", "/new"));
        policy.Decide(Ask.Request("/new")).Treatment.ShouldBe(new Treatment { RateLimit = "strict", SecurityHeaders = "basic", HeaderMapping = "short" });
        policy.Decide(Ask.Request("/other")).Treatment.ShouldBe(new Treatment { RateLimit = "relaxed", SecurityHeaders = "basic" });
    }
}
