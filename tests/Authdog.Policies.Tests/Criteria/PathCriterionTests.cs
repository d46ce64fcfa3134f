namespace Authdog.Policies.Tests.Criteria;

public sealed class PathCriterionTests
{
    [Theory]
    [InlineData("/admin", "/admin", true)]
    [InlineData("/admin", "/adminx", false)]
    [InlineData("/admin", "/admin/", false)]
    [InlineData("/admin", "/Admin", false)]
    [InlineData("/admin", "/admin/users", false)]
    [InlineData("/", "/", true)]
    [InlineData("/", "/x", false)]
    [InlineData("/x/*", "/x/a", true)]
    [InlineData("/x/*", "/x", false)]
    [InlineData("/x/*", "/x/", false)]
    [InlineData("/x/*", "/x/a/", false)]
    [InlineData("/x/*", "/x/a/b", false)]
    [InlineData("/x/*/z", "/x/y/z", true)]
    [InlineData("/x/*/z", "/x//z", false)]
    [InlineData("/x/*/z", "/x/y/y/z", false)]
    [InlineData("/x/**", "/x", true)]
    [InlineData("/x/**", "/x/", true)]
    [InlineData("/x/**", "/x/a/b", true)]
    [InlineData("/x/**", "/xa", false)]
    [InlineData("/x/**", "/X/a", false)]
    [InlineData("/x/*/y/**", "/x/1/y", true)]
    [InlineData("/x/*/y/**", "/x/1/y/2/3", true)]
    [InlineData("/x/*/y/**", "/x/1/yy", false)]
    [InlineData("/**", "/", true)]
    [InlineData("/**", "/any/thing", true)]
    [InlineData("[/a, /b]", "/b", true)]
    public void GivesAccessExactly_WhenRuleAllows(string pattern, string path, bool expected) =>
        Ask.Allows($"{{ path: {Quote(pattern)} }}", Ask.Request(path)).ShouldBe(expected);

    [Theory]
    [Trait("Threat", "B1")]
    [InlineData("/admin", "/admin", true)]
    [InlineData("/admin", "/ADMIN", true)]
    [InlineData("/admin", "/admin/", true)]
    [InlineData("/admin", "/Admin//", true)]
    [InlineData("/admin", "/adminx", false)]
    [InlineData("/admin", "/admin;x", true)]
    [InlineData("/admin;x", "/admin;x", true)]
    [InlineData("/admin/**", "/Admin;x=1/users;y", true)]
    [InlineData("/admin/**", "/adminx;/users", false)]
    [InlineData("/x/*/z", "/x/a;b/z;", true)]
    [InlineData("/admin", "/admin/users", false)]
    [InlineData("/admin/**", "/ADMIN/users/", true)]
    [InlineData("/admin/**", "/Admin", true)]
    [InlineData("/admin/**", "/administration", false)]
    [InlineData("/x/*", "/X/a/", true)]
    [InlineData("/x/*", "/x/", false)]
    [InlineData("/x/*/", "/x/a", true)]
    [InlineData("/", "/", true)]
    [InlineData("/", "/a", false)]
    [InlineData("/**", "/", true)]
    public void TakesAccessWidely_WhenRuleDenies(string pattern, string path, bool expected) =>
        Ask.Refuses($"{{ path: {Quote(pattern)} }}", Ask.Request(path)).ShouldBe(expected);

    [Fact]
    [Trait("Threat", "B1")]
    public void ComparesByWhatHitDoes_WhenNegated()
    {
        Ask.Allows("{ not: { path: /admin } }", Ask.Request("/Admin/")).ShouldBeFalse();
        Ask.Refuses("{ not: { path: /public } }", Ask.Request("/Public")).ShouldBeTrue();
        Ask.Allows("{ not: { not: { path: /admin } } }", Ask.Request("/Admin")).ShouldBeFalse();
    }

    [Fact]
    [Trait("Threat", "B2")]
    public void Misses_WhenQueryWouldMatch() =>
        Ask.Allows("{ path: /public/** }", Ask.Request("/admin?/public/")).ShouldBeFalse();

    private static string Quote(string pattern) => pattern.StartsWith('[') ? pattern : $"'{pattern}'";
}
