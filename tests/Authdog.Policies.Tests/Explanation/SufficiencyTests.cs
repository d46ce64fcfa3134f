using System.Net;
using Authdog.Policies.Decisions;
using Authdog.Policies.Explanation;

namespace Authdog.Policies.Tests.Explanation;

public sealed class SufficiencyTests
{
    [Theory]
    [InlineData("{ role: finance }", "the role finance")]
    [InlineData("{ not: { role: guest } }", "not having the role guest")]
    [InlineData("{ group: [Auditors, Finance] }", "the group Auditors or Finance")]
    [InlineData("{ permission: invoices.read }", "the permission invoices.read")]
    [InlineData("{ tenant: acme }", "somebody of the tenant acme")]
    [InlineData("{ acr: aal2 }", "a sign-in of level aal2 or stronger")]
    [InlineData("{ amr: hwk }", "a sign-in with hwk")]
    [InlineData("{ max-age: 5m }", "a new sign-in")]
    [InlineData("{ session-age: 5m }", "a new session")]
    [InlineData("{ risk: { at-least: medium } }", "a sign-in of risk medium or higher")]
    [InlineData("{ not: { risk: { at-most: medium } } }", "a sign-in of risk high")]
    [InlineData("{ passkey: device-bound }", "a sign-in with a device-bound passkey")]
    [InlineData("{ factor: { amr: otp, max-age: 5m } }", "a sign-in with otp, used at most 5m ago")]
    [InlineData("{ connection: okta }", "a sign-in through okta")]
    [InlineData("{ claim: { name: level, at-least: 3 } }", "the claim level at least 3")]
    [InlineData("{ ip: 10.0.0.0/8 }", "an address in 10.0.0.0/8")]
    [InlineData("{ email-domain: example.com }", "verifying the e-mail address")]
    [InlineData("{ time: { zone: Europe/Berlin, days: mon, from: '09:00', to: '10:00' } }", "waiting until Mon 09:00 (Europe/Berlin)")]
    [InlineData("{ all: [{ role: a }, { any: [{ tenant: x }, { acr: aal2 }] }] }", "the role a, and a sign-in of level aal2 or stronger")]
    [InlineData("{ path: /elsewhere }", null)]
    [InlineData("{ role: a, path: /elsewhere }", null)]
    [InlineData("{ role: a, not: { role: [a, b] } }", null)]
    public void TellsTheLeastChange_ThatLetsPass(string when, string? way)
    {
        var person = Ask.Person(["guest"], verified: false, age: TimeSpan.FromHours(1)) with { SessionCreatedAt = Ask.Now.AddHours(-1) };

        Enough(Ask.Rule("allow", when), Ask.Request("/x", person)).ShouldBe(way is null ? [] : [way]);
    }

    [Fact]
    public void PutsTheLeastFirst_AndKnowsRefusals()
    {
        var policy = Ask.Policy("""
            policy: p
            rules:
              - { name: owners, effect: allow, when: { role: owner, tenant: acme } }
              - { name: strong, effect: allow, require: { acr: aal2, max-age: 10m } }
              - { name: office, effect: deny, when: { not: { ip: 10.0.0.0/8 } } }
            """);

        Enough(policy, Ask.Request("/x", Ask.Ada)).ShouldBe(
        [
            "an address in 10.0.0.0/8, and a sign-in that meets { acr: aal2 }",
            "the role owner, and somebody of the tenant acme, and an address in 10.0.0.0/8",
        ]);
    }

    [Fact]
    public void BeginsWithSigningIn_WhenNobodyIs()
    {
        Enough(Ask.Rule("allow", "{ path: /x }"), Ask.Request("/x")).ShouldBe(["signing in"]);
        Enough(Ask.Rule("allow", "{ role: finance }"), Ask.Request("/x")).ShouldBe(["signing in, and the role finance"]);
        Enough(Ask.Rule("public", "{ ip: 10.0.0.0/8 }"), Ask.Request("/x")).ShouldBe(["an address in 10.0.0.0/8"]);
    }

    [Fact]
    public void SaysNothing_WhenItPassesOrNothingWouldHelp()
    {
        Enough(Ask.Rule("allow", "{ path: /x }"), Ask.Request("/x", Ask.Ada)).ShouldBeEmpty();
        Enough(Ask.Policy("policy: p\nrules: [{ name: a, effect: public }, { name: no, effect: deny }]"), Ask.Request("/x", Ask.Ada)).ShouldBeEmpty();
    }

    [Fact]
    public void MasksPersonalData_UnlessAsked()
    {
        var policy = Ask.Rule("allow", "{ user: u2, email: bob@example.com, ip: 10.0.0.0/8, role: x, claim: { name: c, value: v }, header: { name: X-Tag, value: t } }");
        var request = Ask.Request("/x", Ask.Person(["guest"], claims: ("c", ["secret"])), ip: null) with
        {
            RemoteAddress = IPAddress.Parse("2001:db8:1:2:3::4"),
            Facts = new GivenFacts([new("X-Tag", ["secret"])]),
        };

        var masked = Explainer.Explain(policy, request, Disclosure.Masked);
        masked.Rules[0].Criteria!.Parts.Select(part => part.Seen).ShouldBe(["(masked)", "a…@example.com", "2001:db8:1::/48", "guest", "(masked)", "(masked)"]);
        masked.ToText().ShouldNotContain("secret");
        Explainer.Explain(policy, request, Disclosure.Full).Rules[0].Criteria!.Parts.Select(part => part.Seen)
            .ShouldBe(["u1", "ada@example.com", "2001:db8:1:2:3::4", "guest", "c = secret", "secret"]);
    }

    private static IEnumerable<string> Enough(Policies.Rules.Policy policy, AccessRequest request) => Explainer.Explain(policy, request, Disclosure.Full).Enough;
}
