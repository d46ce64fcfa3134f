using Authdog.Policies.Decisions;

namespace Authdog.Policies.Tests.Criteria;

/// <summary>Query and headers: what a client sends twice, encoded or in another letter case opens nothing, and slips past nothing.</summary>
public sealed class SentTextCriteriaTests
{
    [Theory]
    [InlineData("q=csv", true)]
    [InlineData("a=1&q=csv&b", true)]
    [InlineData("q=%63sv", true)]
    [InlineData("%71=csv", true)]
    [InlineData("q=csv&q=csv", true)]
    [InlineData("q=csv&q=exe", false)]
    [InlineData("q=exe&q=csv", false)]
    [InlineData("q=CSV", false)]
    [InlineData("Q=csv", false)]
    [InlineData("q=csv;x=1", false)]
    [InlineData("q=csv%00", false)]
    [InlineData("q=", false)]
    [InlineData("q", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void OpensOnlyWhenEveryParameterIsRight(string? query, bool expected) =>
        Ask.Allows("{ query: { name: q, value: csv } }", Ask.Request() with { Query = query }).ShouldBe(expected);

    [Theory]
    [Trait("Threat", "B1")]
    [InlineData("q=exe", true)]
    [InlineData("q=csv&q=exe", true)]
    [InlineData("Q=EXE", true)]
    [InlineData("a=1;q=exe", true)]
    [InlineData("q=%65xe", true)]
    [InlineData("q=exe+", false)]
    [InlineData("q=csv", false)]
    public void RefusesWhenOneParameterIsWrong_InAnySpelling(string query, bool expected) =>
        Ask.Refuses("{ query: { name: q, value: exe } }", Ask.Request() with { Query = query }).ShouldBe(expected);

    [Theory]
    [InlineData("{ name: q }", "q", true)]
    [InlineData("{ name: q }", "qq=1", false)]
    [InlineData("{ name: q, value: a b }", "q=a+b", true)]
    [InlineData("{ name: q, expression: '[0-9]+' }", "q=123", true)]
    [InlineData("{ name: q, expression: '[0-9]+' }", "q=123%0A", false)]
    [InlineData("[{ name: q, value: '1' }, { name: r, value: '2' }]", "r=2", true)]
    public void ReadsPresenceExpressionsAndLists(string wanted, string query, bool expected) =>
        Ask.Allows($"{{ query: {wanted} }}", Ask.Request() with { Query = query }).ShouldBe(expected);

    [Theory]
    [InlineData(new[] { "red" }, true, false)]
    [InlineData(new[] { "red", "red" }, true, false)]
    [InlineData(new[] { "red", "blue" }, false, true)]
    [InlineData(new[] { "RED" }, false, false)]
    [InlineData(new[] { "BLUE" }, false, true)]
    [InlineData(new string[0], false, false)]
    public void JudgesEveryLineOfAHeader(string[] lines, bool redOpens, bool blueRefuses)
    {
        var request = Ask.Request() with { Facts = new GivenFacts([new("x-tag", lines)]) };

        Ask.Allows("{ header: { name: X-Tag, value: red } }", request).ShouldBe(redOpens);
        Ask.Refuses("{ header: { name: X-TAG, value: blue } }", request).ShouldBe(blueRefuses);
    }

    [Theory]
    [InlineData("header: { name: X-Tag, value: red }")]
    [InlineData("client-certificate: present")]
    [InlineData("country: DE")]
    [InlineData("asn: 64496")]
    [InlineData("bot-score: { at-most: 20 }")]
    public void UnknownNeverOpens_AndAlwaysRefuses(string criterion)
    {
        Ask.Allows($"{{ {criterion} }}", Ask.Request()).ShouldBeFalse();
        Ask.Allows($"{{ not: {{ {criterion} }} }}", Ask.Request()).ShouldBeFalse();
        Ask.Refuses($"{{ {criterion} }}", Ask.Request()).ShouldBeTrue();
        Ask.Refuses($"{{ not: {{ {criterion} }} }}", Ask.Request()).ShouldBeTrue();
    }

    [Fact]
    public void UnknownPlaceIsAValueOfItsOwn_WhenThePolicyNamesIt()
    {
        Ask.Allows("{ country: [DE, unknown] }", Ask.Request()).ShouldBeTrue();
        Ask.Allows("{ not: { country: unknown } }", Ask.Request()).ShouldBeFalse();
        Ask.Refuses("{ country: KP, not: { country: unknown } }", Ask.Request()).ShouldBeFalse();
        Ask.Refuses("{ asn: 64496, not: { asn: unknown } }", Ask.Request()).ShouldBeFalse();
    }
}
