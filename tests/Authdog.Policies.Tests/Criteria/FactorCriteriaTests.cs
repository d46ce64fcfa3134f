using Authdog.Policies.Decisions;

namespace Authdog.Policies.Tests.Criteria;

/// <summary>A factor's age is its own: what was proved since does not make it younger.</summary>
public sealed class FactorCriteriaTests
{
    private static readonly Guid Model = Guid.Parse("ee882879-721c-4913-9775-3dfcce97072a");

    private static Subject WithPasskey(int minutes, PasskeyKind kind = PasskeyKind.DeviceBound, Guid model = default) => Ask.Person(amr: ["pwd", "hwk"]) with
    {
        FactorUses = [new FactorUse(["hwk", "user"], Ask.Now.AddMinutes(-minutes), new Passkey(kind, model)), new FactorUse(["pwd"], Ask.Now)],
    };

    [Theory]
    [InlineData("{ factor: { amr: hwk, max-age: 10m } }", 9, true)]
    [InlineData("{ factor: { amr: hwk, max-age: 10m } }", 11, false)]
    [InlineData("{ factor: { amr: [hwk, pwd], max-age: 10m } }", 11, true)]
    [InlineData("{ passkey: any }", 500, true)]
    [InlineData("{ passkey: { max-age: 10m } }", 11, false)]
    [InlineData("{ passkey: { kind: device-bound, max-age: 10m } }", 9, true)]
    [InlineData("{ passkey: synced }", 1, false)]
    [InlineData("{ max-age: 1m, not: { factor: { amr: hwk, max-age: 10m } } }", 11, true)]
    public void AsksForTheAgeOfTheFactorItself(string when, int minutes, bool expected) =>
        Ask.Allows(when, Ask.Request(by: WithPasskey(minutes))).ShouldBe(expected);

    [Fact]
    public void AcceptsOnlyModelsThatAreListed()
    {
        var wanted = $"{{ passkey: {{ aaguid: [{Model}] }} }}";
        Ask.Allows(wanted, Ask.Request(by: WithPasskey(1, model: Model))).ShouldBeTrue();
        Ask.Allows(wanted, Ask.Request(by: WithPasskey(1))).ShouldBeFalse();
        Ask.Allows(wanted, Ask.Request(by: Ask.Person(amr: ["hwk"]))).ShouldBeFalse();
    }

    [Fact]
    public void AsksForStepUp_WhenTheRequiredPasskeyIsOld()
    {
        var policy = Ask.Policy("policy: p\nrules: [{ name: r, effect: allow, require: { passkey: any, max-age: 10m } }]");
        policy.Decide(Ask.Request(by: WithPasskey(9))).Outcome.ShouldBe(AccessOutcome.Allow);
        var decision = policy.Decide(Ask.Request(by: WithPasskey(11)));
        decision.Reason.ShouldBe(AccessReason.StepUpRequired);
        decision.Requirement.ShouldBe(new AuthenticationRequirement { Passkey = new PasskeyRequirement(), MaxAge = TimeSpan.FromMinutes(10) });
        policy.Decide(Ask.Request(by: Ask.Person(amr: ["hwk"]))).Reason.ShouldBe(AccessReason.StepUpRequired);
    }

    [Fact]
    public void FutureProofIsNoProof() =>
        Ask.Allows("{ factor: { amr: hwk, max-age: 10m } }", Ask.Request(by: WithPasskey(-5))).ShouldBeFalse();

    [Fact]
    public void SaysOnlyWhatIsMissing()
    {
        var requirement = new AuthenticationRequirement { Acr = "aal1", MaxAge = TimeSpan.FromMinutes(5), Connections = ["okta", Subject.LocalConnection] };
        requirement.Unmet(Ask.Person(), Ask.Now).ShouldBeNull();
        requirement.Unmet(Ask.Person(age: TimeSpan.FromHours(1)), Ask.Now).ShouldBe(new AuthenticationRequirement { MaxAge = TimeSpan.FromMinutes(5) });
        requirement.Unmet(Ask.Person() with { Connection = "google" }, Ask.Now).ShouldBe(new AuthenticationRequirement { Connections = ["okta", "local"] });
    }
}
