namespace Authdog.Gateway.Tests.ForwardAuth;

/// <summary>The lenient reading by which leaks are found does find them.</summary>
public sealed class AttackTargetsTests
{
    [Theory]
    [InlineData("/admin", true)]
    [InlineData("/AdMiN/x", true)]
    [InlineData("/public/..;/admin", true)]
    [InlineData("/public%2f..%2fadmin", true)]
    [InlineData("/public/%252e%252e/admin", true)]
    [InlineData("//admin", true)]
    [InlineData("/public/..\\admin", true)]
    [InlineData("/admin?x", true)]
    [InlineData("/public?/../admin", false)]
    [InlineData("/public/admin", false)]
    [InlineData("/administrator", false)]
    public void ReadsAsALenientServerDoes(string target, bool expected) => AttackTargets.MayBeAdmin(target).ShouldBe(expected);
}
