using Authdog.Policies.Decisions;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Tests.Rules;

public sealed class PolicyDecisionTests
{
    private static void Decides(Policy policy, AccessRequest request, AccessOutcome outcome, AccessReason reason, string? rule, bool identity = false)
    {
        var decision = policy.Decide(request);
        decision.ShouldBe(new AccessDecision(outcome, reason, "p", rule, decision.Requirement, identity));
    }

    [Fact]
    public void Denies_WhenNothingMatches()
    {
        var policy = Ask.Rule("allow", "{ path: /a }");
        Decides(policy, Ask.Request("/b", Ask.Ada), AccessOutcome.Deny, AccessReason.NoRuleMatched, null);
        Decides(policy, Ask.Request("/b"), AccessOutcome.Deny, AccessReason.NoRuleMatched, null);
    }

    [Fact]
    public void DenyWins_WhereverItStands()
    {
        var policy = Ask.Policy("""
            policy: p
            rules:
              - { name: pub, effect: public }
              - { name: opt, effect: optional }
              - { name: all, effect: allow }
              - { name: no, effect: deny, when: { path: /secret } }
            """);
        Decides(policy, Ask.Request("/secret", Ask.Ada), AccessOutcome.Deny, AccessReason.DenyRule, "no");
        Decides(policy, Ask.Request("/secret"), AccessOutcome.Deny, AccessReason.DenyRule, "no");
        Decides(policy, Ask.Request("/", Ask.Ada), AccessOutcome.Allow, AccessReason.PublicRule, "pub");
    }

    [Fact]
    public void PassesIdentity_OnlyWhereEffectSaysSo()
    {
        Decides(Ask.Policy("policy: p\nrules: [{ name: r, effect: public }]"), Ask.Request(by: Ask.Ada), AccessOutcome.Allow, AccessReason.PublicRule, "r");
        Decides(Ask.Policy("policy: p\nrules: [{ name: r, effect: optional }]"), Ask.Request(by: Ask.Ada), AccessOutcome.Allow, AccessReason.OptionalRule, "r", identity: true);
        Decides(Ask.Policy("policy: p\nrules: [{ name: r, effect: optional }]"), Ask.Request(), AccessOutcome.Allow, AccessReason.OptionalRule, "r", identity: true);
        Decides(Ask.Policy("policy: p\nrules: [{ name: r, effect: allow }]"), Ask.Request(by: Ask.Ada), AccessOutcome.Allow, AccessReason.AllowRule, "r", identity: true);
    }

    [Fact]
    public void AllowNeverLetsNobodyPass_EvenWithoutCondition()
    {
        Decides(Ask.Policy("policy: p\nrules: [{ name: r, effect: allow }]"), Ask.Request(), AccessOutcome.Challenge, AccessReason.SignInRequired, "r");
        Decides(Ask.Rule("allow", "{ not: { role: guest } }"), Ask.Request(), AccessOutcome.Challenge, AccessReason.SignInRequired, "r");
    }

    [Fact]
    public void AsksToSignIn_OnlyWhereThatCanHelp()
    {
        var policy = Ask.Rule("allow", "{ path: /admin/**, role: admin }");
        Decides(policy, Ask.Request("/admin"), AccessOutcome.Challenge, AccessReason.SignInRequired, "r");
        Decides(policy, Ask.Request("/other"), AccessOutcome.Deny, AccessReason.NoRuleMatched, null);
    }

    [Fact]
    public void AsksToSignIn_WhenDenyDependsOnPerson()
    {
        var policy = Ask.Policy("""
            policy: p
            rules:
              - { name: members, effect: allow }
              - { name: outsiders, effect: deny, when: { not: { email-domain: corp.com } } }
              - { name: attackers, effect: deny, when: { ip: 198.51.100.0/24 } }
            """);
        Decides(policy, Ask.Request(), AccessOutcome.Challenge, AccessReason.SignInRequired, "members");
        Decides(policy, Ask.Request(ip: "198.51.100.1"), AccessOutcome.Deny, AccessReason.DenyRule, "attackers");
        Decides(policy, Ask.Request(by: Ask.Person(email: "ada@corp.com")), AccessOutcome.Allow, AccessReason.AllowRule, "members", identity: true);
        Decides(policy, Ask.Request(by: Ask.Ada), AccessOutcome.Deny, AccessReason.DenyRule, "outsiders");
    }

    [Fact]
    public void StopsStrangersOnPublicPages_WhenDenyNamesWhoMayNot()
    {
        var policy = Ask.Policy("""
            policy: p
            rules:
              - { name: pages, effect: public }
              - { name: outsiders, effect: deny, when: { not: { tenant: acme } } }
            """);
        Decides(policy, Ask.Request(), AccessOutcome.Challenge, AccessReason.SignInRequired, "pages");
    }

    [Fact]
    public void AsksForStepUp_WhenOnlyRequirementIsMissing()
    {
        var policy = Ask.Policy("policy: p\nrules: [{ name: r, effect: allow, when: { role: finance }, require: { acr: aal2, max-age: 15m, amr: [otp, hwk] } }]");
        var weak = Ask.Person(roles: ["finance"]);
        Decides(policy, Ask.Request(by: weak), AccessOutcome.Challenge, AccessReason.StepUpRequired, "r");
        var requirement = policy.Decide(Ask.Request(by: weak)).Requirement.ShouldNotBeNull();
        requirement.Acr.ShouldBe("aal2");
        requirement.MaxAge.ShouldBe(TimeSpan.FromMinutes(15));
        requirement.Amr.ShouldBe(["otp", "hwk"]);

        Decides(policy, Ask.Request(by: Ask.Person()), AccessOutcome.Deny, AccessReason.NoRuleMatched, null);
        Decides(policy, Ask.Request(by: Ask.Person(["finance"], acr: "aal2", amr: ["pwd", "otp"])), AccessOutcome.Allow, AccessReason.AllowRule, "r", identity: true);
        Decides(policy, Ask.Request(by: Ask.Person(["finance"], acr: "aal2", amr: ["pwd"])), AccessOutcome.Challenge, AccessReason.StepUpRequired, "r");
        Decides(policy, Ask.Request(by: Ask.Person(["finance"], acr: "aal2", amr: ["otp"], age: TimeSpan.FromMinutes(16))), AccessOutcome.Challenge, AccessReason.StepUpRequired, "r");
    }

    [Fact]
    public void TakesAnyAllowRule_WhoseRequirementHolds()
    {
        var policy = Ask.Policy("""
            policy: p
            rules:
              - { name: strong, effect: allow, require: { acr: aal2 } }
              - { name: fresh, effect: allow, require: { max-age: 5m } }
            """);
        Decides(policy, Ask.Request(by: Ask.Person()), AccessOutcome.Allow, AccessReason.AllowRule, "fresh", identity: true);
        Decides(policy, Ask.Request(by: Ask.Person(acr: "aal2", age: TimeSpan.FromHours(1))), AccessOutcome.Allow, AccessReason.AllowRule, "strong", identity: true);
        Decides(policy, Ask.Request(by: Ask.Person(age: TimeSpan.FromHours(1))), AccessOutcome.Challenge, AccessReason.StepUpRequired, "strong");
    }

    [Fact]
    public void AsksStrangersForNoMore_ThanSomeRuleDemands()
    {
        var policy = Ask.Policy("""
            policy: p
            rules:
              - { name: strong, effect: allow, require: { acr: aal2 } }
              - { name: members, effect: allow, when: { role: member } }
            """);
        policy.Decide(Ask.Request()).Requirement.ShouldBeNull();
        Ask.Policy("policy: p\nrules: [{ name: strong, effect: allow, require: { acr: aal2 } }]").Decide(Ask.Request()).Requirement.ShouldNotBeNull().Acr.ShouldBe("aal2");
    }

    [Fact]
    public void AllocatesNothing_WhenDeciding()
    {
        var policy = Ask.Policy("""
            policy: p
            rules:
              - { name: a, effect: public, when: { path: [/assets/**, /x/*/y], method: [GET, HEAD], host: '*.example.com' } }
              - { name: b, effect: deny, when: { ip: [198.51.100.0/24, 2001:db8::/32] } }
              - { name: c, effect: deny, when: { any: [{ user: evil }, { email: evil@example.com }, { email-domain: evil.test }] } }
              - { name: d, effect: allow, when: { all: [{ role: [finance, owner] }, { tenant: acme }, { not: { claim: { name: off, value: [y, z] } } }] }, require: { acr: aal2, amr: [otp, hwk], max-age: 15m } }
              - { name: e, effect: allow, when: { acr: aal2, amr: otp, max-age: 1h } }
            """);
        AccessRequest[] requests =
        [
            Ask.Request("/assets/site.css"),
            Ask.Request("/nothing"),
            Ask.Request("/x", ip: "::ffff:198.51.100.1"),
            Ask.Request("/x", ip: "2001:db8::5"),
            Ask.Request("/x", Ask.Person(["finance"], tenant: "acme", acr: "aal2", amr: ["otp"], claims: ("off", ["n"]))),
            Ask.Request("/x", Ask.Person(["owner"], tenant: "acme")),
            Ask.Request("/x", Ask.Person(["guest"])),
        ];
        Run(policy, requests);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Run(policy, requests);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void Run(Policy policy, AccessRequest[] requests)
    {
        foreach (ref var request in requests.AsSpan())
        {
            policy.Decide(in request);
        }
    }
}
