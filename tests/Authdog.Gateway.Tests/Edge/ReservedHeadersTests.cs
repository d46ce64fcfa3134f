using Authdog.Gateway.Edge;

namespace Authdog.Gateway.Tests.Edge;

[Trait("Threat", "B5")]
public sealed class ReservedHeadersTests
{
    private readonly ReservedHeaders _reserved = new();

    public ReservedHeadersTests() => _reserved.Add(["Remote-User", "X-WEBAUTH-USER"]);

    [Theory]
    [InlineData("X-Authdog-User")]
    [InlineData("x_authdog_user")]
    [InlineData("X.Authdog.User")]
    [InlineData("X_AUTHDOG-Anything")]
    [InlineData("XAuthdogUser")]
    [InlineData("X-Authdog")]
    [InlineData("REMOTE_USER")]
    [InlineData("remote.user")]
    [InlineData("X-Webauth_User")]
    [InlineData("Forwarded")]
    [InlineData("X-Forwarded-For")]
    [InlineData("X_Forwarded_User")]
    [InlineData("X-Real-IP")]
    [InlineData("X-Original-URL")]
    [InlineData("X-Rewrite-URL")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("Proxy")]
    public void Reserves_WhenSomeUpstreamFoldsToOurs(string name) => _reserved.Contains(name).ShouldBeTrue();

    [Theory]
    [InlineData("Authorization")]
    [InlineData("X-Requested-With")]
    [InlineData("Remote-Users")]
    [InlineData("X-Forward")]
    [InlineData("Proxy-Authorization")]
    public void LeavesAlone_WhenNameIsAnothers(string name) => _reserved.Contains(name).ShouldBeFalse();

    [Fact]
    public void ReservesLongNames_WhenTheyAreOurs() => _reserved.Contains("X-Authdog-" + new string('a', 5000)).ShouldBeTrue();
}
