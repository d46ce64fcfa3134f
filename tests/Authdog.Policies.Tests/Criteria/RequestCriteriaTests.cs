namespace Authdog.Policies.Tests.Criteria;

public sealed class RequestCriteriaTests
{
    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", false)]
    [InlineData("get", false)]
    public void MatchesMethodExactly_WhenRuleAllows(string method, bool expected) =>
        Ask.Allows("{ method: GET }", Ask.Request(method: method)).ShouldBe(expected);

    [Fact]
    public void MatchesMethodInAnyCase_WhenRuleDenies() =>
        Ask.Refuses("{ method: DELETE }", Ask.Request(method: "delete")).ShouldBeTrue();

    [Theory]
    [Trait("Threat", "B3")]
    [InlineData("app.example.com", "app.example.com", true)]
    [InlineData("app.example.com", "evil-app.example.com", false)]
    [InlineData("app.example.com", "app.example.com.evil.test", false)]
    [InlineData("*.example.com", "app.example.com", true)]
    [InlineData("*.example.com", "a.b.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "evilexample.com", false)]
    [InlineData("*.example.com", ".example.com", false)]
    public void MatchesWholeHost_WhenHostIsGiven(string pattern, string host, bool expected) =>
        Ask.Allows($"{{ host: '{pattern}' }}", Ask.Request(host: host)).ShouldBe(expected);

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.0/24", "203.0.113.255", true)]
    [InlineData("203.0.113.0/24", "203.0.114.0", false)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "203.0.113.7", false)]
    [InlineData("::/0", "::ffff:203.0.113.7", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::", false)]
    [InlineData("203.0.113.0/24", "::ffff:203.0.113.9", true)]
    [InlineData("::ffff:203.0.113.0/120", "203.0.113.9", true)]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7", true)]
    [InlineData("fe80::/10", "fe80::1%2", true)]
    [InlineData("10.0.0.0/8, 203.0.113.0/25, 10.0.0.0/9", "10.200.0.1", true)]
    [InlineData("10.0.0.0/8, 203.0.113.0/25", "203.0.113.128", false)]
    public void MatchesNetwork_WhenAddressLiesInIt(string networks, string address, bool expected) =>
        Ask.Allows($"{{ ip: ['{networks.Replace(", ", "', '", StringComparison.Ordinal)}'] }}", Ask.Request(ip: address)).ShouldBe(expected);

    [Fact]
    [Trait("Threat", "B6")]
    public void Refuses_WhenAddressIsUnknown()
    {
        var request = Ask.Request(ip: null);
        Ask.Allows("{ ip: 0.0.0.0/0 }", request).ShouldBeFalse();
        Ask.Allows("{ not: { ip: 203.0.113.0/24 } }", request).ShouldBeFalse();
        Ask.Refuses("{ ip: 203.0.113.0/24 }", request).ShouldBeTrue();
        Ask.Refuses("{ not: { ip: 203.0.113.0/24 } }", request).ShouldBeTrue();
    }

    [Fact]
    public void MatchesNamedNetwork_WhenFileHasBlock()
    {
        var policy = Ask.Rule("allow", "{ ip: networks/office }", ("office", "# head office\n\n203.0.113.0/24 # all floors\r\n2001:db8::1\n"));
        policy.Decide(Ask.Request(by: Ask.Ada)).Outcome.ShouldBe(Decisions.AccessOutcome.Allow);
        policy.Decide(Ask.Request(by: Ask.Ada, ip: "2001:db8::1")).Outcome.ShouldBe(Decisions.AccessOutcome.Allow);
        policy.Decide(Ask.Request(by: Ask.Ada, ip: "198.51.100.1")).Outcome.ShouldBe(Decisions.AccessOutcome.Deny);
    }
}
