using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using Authdog.Policies.Explanation;
using Authdog.Policies.Language;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Tests.Rules;

/// <summary>A rule with <c>challenge: true</c> lets pass only a client that has solved one.</summary>
public sealed class ChallengeTests
{
    private static readonly Policy s_catalogue = Ask.Policy("""
        policy: catalogue
        rules:
          - name: programs work
            effect: public
            when: { bot-score: { at-least: 60 } }
            challenge: true
          - name: everybody else
            effect: public
            when: { bot-score: { at-most: 59 } }
        """);

    [Theory]
    [InlineData(80, null, AccessOutcome.Challenge, AccessReason.ClientChallengeRequired)]
    [InlineData(80, false, AccessOutcome.Challenge, AccessReason.ClientChallengeRequired)]
    [InlineData(80, true, AccessOutcome.Allow, AccessReason.PublicRule)]
    [InlineData(10, false, AccessOutcome.Allow, AccessReason.PublicRule)]
    public void AsksForAChallenge_WhenOnlyThatIsMissing(int score, bool? passed, AccessOutcome outcome, AccessReason reason)
    {
        var decision = s_catalogue.Decide(Request(score, passed));

        (decision.Outcome, decision.Reason).ShouldBe((outcome, reason));
    }

    [Fact]
    public void DeniesAsUnknown_WhenTheScoreIsNotKnown() =>
        s_catalogue.Decide(Request(null, true)).Reason.ShouldBe(AccessReason.NoRuleMatched);

    [Fact]
    public void AsksForTheSignInFirst_WhenARuleForMembersHasAChallenge()
    {
        var members = Ask.Policy("policy: p\nrules: [{ name: r, effect: allow, challenge: true }]");

        members.Decide(Request(0, false)).Reason.ShouldBe(AccessReason.SignInRequired);
        members.Decide(Request(0, false) with { Subject = Ask.Ada }).Reason.ShouldBe(AccessReason.ClientChallengeRequired);
        members.Decide(Request(0, true) with { Subject = Ask.Ada }).Reason.ShouldBe(AccessReason.AllowRule);
    }

    [Fact]
    public void ExplainsScoreWithItsSignals_AndWhatWouldBeEnough()
    {
        var request = Ask.Request() with { Facts = new GivenFacts([], botScore: 80, botSignals: "tool 60, no-language 50", challengePassed: false) };

        var text = ExplanationText.Render(Explainer.Explain(s_catalogue, request, Disclosure.Full));

        text.ShouldContain("challenge (client-challenge-required)");
        text.ShouldContain("is 80 (tool 60, no-language 50)");
        text.ShouldContain("not met challenge");
        text.ShouldContain("- a solved challenge");
    }

    [Theory]
    [InlineData("{ name: r, effect: deny, challenge: true }", ErrorCodes.MisplacedRequirement)]
    [InlineData("{ name: r, effect: public, challenge: maybe }", ErrorCodes.BadFlag)]
    public void RefusesTheFile_WhenTheChallengeMakesNoSense(string rule, string code)
    {
        var errors = new ErrorList("test.yaml");
        PolicyReader.Read(System.Text.Encoding.UTF8.GetBytes($"policy: p\nrules: [{rule}]"), Definitions.None, errors);

        errors.ToImmutable().ShouldHaveSingleItem().Code.ShouldBe(code);
    }

    private static AccessRequest Request(int? score, bool? passed) => Ask.Request() with { Facts = new GivenFacts([], botScore: score, challengePassed: passed) };
}
