using Authdog.Policies.Decisions;

namespace Authdog.Policies.Tests.Criteria;

public sealed class PersonalCriteriaTests
{
    private static bool Allows(string when, Subject person) => Ask.Allows(when, Ask.Request(by: person));

    [Fact]
    public void MatchesRole_WhenPersonHasAnyOfThem()
    {
        var person = Ask.Person(roles: ["Admin", "staff"]);
        Allows("{ role: admin }", person).ShouldBeTrue();
        Allows("{ role: [owner, staff] }", person).ShouldBeTrue();
        Allows("{ role: adm }", person).ShouldBeFalse();
        Ask.Refuses("{ role: ADMIN }", Ask.Request(by: person)).ShouldBeTrue();
    }

    [Fact]
    public void MatchesTenantAndUserExactly_WhenGiven()
    {
        var person = Ask.Person(tenant: "acme", id: "U1");
        Allows("{ tenant: [other, acme] }", person).ShouldBeTrue();
        Allows("{ tenant: acm }", person).ShouldBeFalse();
        Allows("{ user: U1 }", person).ShouldBeTrue();
        Allows("{ user: u1 }", person).ShouldBeFalse();
    }

    [Theory]
    [Trait("Threat", "B12")]
    [InlineData("ada@corp.com", true, true)]
    [InlineData("ADA@Corp.COM", true, true)]
    [InlineData("ada@corp.com", false, false)]
    [InlineData("ada@evil@corp.com", true, false)]
    [InlineData("@corp.com", true, false)]
    [InlineData("corp.com", true, false)]
    [InlineData("ada@evil.test", true, false)]
    [InlineData("ada@sub.corp.com", true, false)]
    [InlineData("ada@notcorp.com", true, false)]
    [InlineData("ada@corp.com.", true, false)]
    [InlineData("ada@corp.com\0.evil.test", true, false)]
    public void MatchesDomain_WhenAddressIsVerifiedAndWhole(string email, bool verified, bool expected) =>
        Allows("{ email-domain: corp.com }", Ask.Person(email: email, verified: verified)).ShouldBe(expected);

    [Theory]
    [Trait("Threat", "B12")]
    [InlineData("kim@skills.com", true, true)]
    [InlineData("Kim@Skills.com", true, true)]
    [InlineData("kim@skills.com", false, false)]
    [InlineData("\u212Aim@skills.com", true, false)]
    [InlineData("kim@\u017Fkills.com", true, false)]
    [InlineData("kım@skills.com", true, false)]
    public void MatchesAddress_WhenItIsVerifiedAndTheSame(string email, bool verified, bool expected) =>
        Allows("{ email: kim@skills.com }", Ask.Person(email: email, verified: verified)).ShouldBe(expected);

    [Fact]
    public void MatchesClaim_WhenAnyValueIsWanted()
    {
        var person = Ask.Person(claims: ("department", ["sales", "support"]));
        Allows("{ claim: { name: department, value: support } }", person).ShouldBeTrue();
        Allows("{ claim: { name: department, value: [hr, sales] } }", person).ShouldBeTrue();
        Allows("{ claim: { name: department, value: Sales } }", person).ShouldBeFalse();
        Allows("{ claim: { name: department } }", person).ShouldBeTrue();
        Allows("{ claim: { name: floor } }", person).ShouldBeFalse();
        Allows("{ claim: [{ name: floor }, { name: department, value: sales }] }", person).ShouldBeTrue();
    }

    [Theory]
    [InlineData("aal1", "aal1", true)]
    [InlineData("aal1", "aal2", true)]
    [InlineData("aal2", "aal1", false)]
    [InlineData("aal2", "aal2", true)]
    [InlineData("aal1", "AAL2", false)]
    [InlineData("aal1", "", false)]
    [InlineData("aal2", "aal9", false)]
    public void MatchesLevel_WhenItIsStrongEnough(string wanted, string acr, bool expected) =>
        Allows($"{{ acr: {wanted} }}", Ask.Person(acr: acr)).ShouldBe(expected);

    [Fact]
    public void MatchesMethod_WhenAnyWasUsed()
    {
        Allows("{ amr: [otp, hwk] }", Ask.Person(amr: ["pwd", "otp"])).ShouldBeTrue();
        Allows("{ amr: [otp, hwk] }", Ask.Person(amr: ["pwd"])).ShouldBeFalse();
    }

    [Theory]
    [InlineData(899, true)]
    [InlineData(900, true)]
    [InlineData(901, false)]
    [InlineData(-30, true)]
    [InlineData(-3600, false)]
    public void MatchesAge_WhenAuthenticationIsFresh(int seconds, bool expected) =>
        Allows("{ max-age: 15m }", Ask.Person(age: TimeSpan.FromSeconds(seconds))).ShouldBe(expected);

    [Fact]
    public void MatchesAllKeys_WhenMappingHasSeveral()
    {
        const string When = "{ role: finance, tenant: acme }";
        Allows(When, Ask.Person(roles: ["finance"], tenant: "acme")).ShouldBeTrue();
        Allows(When, Ask.Person(roles: ["finance"])).ShouldBeFalse();
        Allows(When, Ask.Person(tenant: "acme")).ShouldBeFalse();
    }

    [Fact]
    public void MatchesNoneOfList_WhenNegated()
    {
        const string When = "{ not: [{ role: guest }, { tenant: evil }] }";
        Allows(When, Ask.Person()).ShouldBeTrue();
        Allows(When, Ask.Person(roles: ["guest"])).ShouldBeFalse();
        Allows(When, Ask.Person(tenant: "evil")).ShouldBeFalse();
    }
}
