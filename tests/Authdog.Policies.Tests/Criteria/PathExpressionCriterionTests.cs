namespace Authdog.Policies.Tests.Criteria;

public sealed class PathExpressionCriterionTests
{
    [Theory]
    [InlineData("/invoices/[0-9]+", "/invoices/7", true)]
    [InlineData("/invoices/[0-9]+", "/invoices/7/lines", false)]
    [InlineData("/invoices/[0-9]+", "/x/invoices/7", false)]
    [InlineData("/invoices/[0-9]+", "/invoices/7\n", false)]
    [InlineData("/invoices/[0-9]+", "/INVOICES/7", false)]
    [InlineData("/a|/b", "/a", true)]
    [InlineData("/a|/b", "/a/b", false)]
    [InlineData("/a|/b", "/x/b", false)]
    public void MatchesTheWholePath(string expression, string path, bool expected) =>
        Ask.Allows($"{{ path-expression: '{expression}' }}", Ask.Request(path)).ShouldBe(expected);

    [Theory]
    [Trait("Threat", "B1")]
    [InlineData("/ADMIN/x")]
    [InlineData("/admin/x/")]
    [InlineData("/admin;v=1/x")]
    public void RefusesOtherSpellingsToo_WhereAHitTakesAccessAway(string path)
    {
        Ask.Refuses("{ path-expression: '/admin/[a-z]+' }", Ask.Request(path)).ShouldBeTrue();
        Ask.Allows("{ path-expression: '/admin/[a-z]+' }", Ask.Request(path)).ShouldBeFalse();
    }

    [Fact]
    [Trait("Threat", "B18")]
    public void TakesLinearTime_WhenAnExpressionInvitesBacktracking()
    {
        var policy = Ask.Rule("allow", "{ path-expression: '/(a+)+b' }");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        policy.Decide(Ask.Request("/" + new string('a', 20_000), Ask.Ada));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}
