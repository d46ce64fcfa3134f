using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;
using Authdog.Policies.Explanation;

namespace Authdog.Policies.Tests.Explanation;

public sealed class PolicyExplanationTests
{
    private const string Text = """
        policy: p
        rules:
          - { name: health, effect: public, when: { path: /healthz } }
          - name: finance
            effect: allow
            when: { all: [{ role: [finance, owner] }, { not: { tenant: evil } }] }
            require: { acr: aal2, max-age: 15m }
          - { name: attackers, effect: deny, when: { ip: 198.51.100.0/24 } }
        """;

    [Fact]
    public void TellsEveryRuleAndCriterion_WhenSomebodyAsks()
    {
        var explanation = Explainer.Explain(Ask.Policy(Text), Ask.Request("/x", Ask.Person(["finance"])), Disclosure.Full);
        explanation.Decision.Reason.ShouldBe(AccessReason.StepUpRequired);
        explanation.Rules.Select(rule => (rule.Name, rule.Line, rule.Verdict, rule.Decided)).ShouldBe(
            [("health", 3, Verdict.Miss, false), ("finance", 4, Verdict.Hit, true), ("attackers", 8, Verdict.Miss, false)]);
        explanation.Rules[1].RequirementMet.ShouldBe(false);
        var role = explanation.Rules[1].Criteria!.Parts[0];
        (role.Keyword, role.Wanted, role.Seen, role.Verdict).ShouldBe(("role", "finance or owner", "finance", Verdict.Hit));
        explanation.ToText().ShouldBe("""
            challenge (step-up-required): rule "finance" would allow it, once the authentication meets { acr: aal2, max-age: 15m }
            policy p (test.yaml)

               miss    public "health" (line 3)
               miss    path: wants /healthz; is /x

            => hit     allow "finance" (line 4)
               hit     all
                 hit     role: wants finance or owner; is finance
                 hit     not
                   miss    tenant: wants evil; is default
               not met require { acr: aal2, max-age: 15m }

               miss    deny "attackers" (line 8)
               miss    ip: wants 198.51.100.0/24; is 203.0.113.7

            This would have been enough:
              - a sign-in that meets { acr: aal2 }

            """);
    }

    [Fact]
    public void TellsWhatIsUnknown_WhenNobodyAsksFromNowhere()
    {
        var explanation = Explainer.Explain(Ask.Policy(Text), Ask.Request("/x", ip: null), Disclosure.Full);
        explanation.Decision.ShouldBe(new AccessDecision(AccessOutcome.Deny, AccessReason.DenyRule, "p", "attackers", null, false));
        explanation.Rules.Select(rule => rule.Verdict).ShouldBe([Verdict.Miss, Verdict.Unknown, Verdict.Unknown]);
        explanation.Rules[1].Criteria!.Parts[0].Seen.ShouldBe("nobody is signed in");
        explanation.Rules[1].RequirementMet.ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "B16")]
    public void PrintsNothingThatTerminalObeys_WhenPathHasControlCharacters() =>
        Explainer.Explain(Ask.Policy(Text), Ask.Request("/\u001b[2J"), Disclosure.Full).ToText().ShouldNotContain((char)27);
}
