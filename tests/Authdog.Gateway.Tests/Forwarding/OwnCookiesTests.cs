using Authdog.Gateway.Forwarding;

namespace Authdog.Gateway.Tests.Forwarding;

[Trait("Threat", "B16")]
public sealed class OwnCookiesTests
{
    [Theory]
    [InlineData("a=1; b=\"x y\";c==; d", "a=1; b=\"x y\";c==; d")]
    [InlineData("authdog=secret", null)]
    [InlineData("a=1; authdog=secret; b=2", "a=1; b=2")]
    [InlineData("__Host-authdog=s; a=1", "a=1")]
    [InlineData("a=1;__host-AUTHDOG=s;b=2", "a=1;b=2")]
    [InlineData("authdog-login=x; authdog-csrf=y; z=1", "z=1")]
    [InlineData("a=\"1; authdog=secret; b=2\"", "a=\"1; b=2\"")]
    [InlineData("myauthdog=1; authdogs=2", "myauthdog=1; authdogs=2")]
    [InlineData("=authdog=secret; a=1", "a=1")]
    public void RemovesOursAndKeepsTheRest_WhenForwarding(string cookies, string? rest) => OwnCookies.RemoveFrom(cookies).ShouldBe(rest);

    [Theory]
    [InlineData("authdog=x; Path=/", true)]
    [InlineData("__Host-authdog=x; Secure", true)]
    [InlineData("__Secure-authdog=x", true)]
    [InlineData(" authdog =x", true)]
    [InlineData("=authdog=x", true)]
    [InlineData("=__Host-authdog-login=x", true)]
    [InlineData("AuthDog=x", true)]
    [InlineData("authdogma=x", false)]
    [InlineData("sid=authdog", false)]
    public void KnowsOurs_WhenAppSetsCookie(string value, bool own) => OwnCookies.IsOwn(value).ShouldBe(own);
}
