using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using Authdog.Policies.Testing;

namespace Authdog.Policies.Tests.Catalog;

/// <summary>With tests required, a set whose tests fail never comes into force.</summary>
public sealed class PolicyGateTests : IDisposable
{
    private const string Open = "policy: site\nrules: [{ name: open, effect: public }]\n";
    private const string Closed = "policy: site\nrules: [{ name: closed, effect: deny }]\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Expecting(string outcome) => $"policy: site\ntests:\n  - name: it is {outcome}\n    given: {{ request: {{ path: / }} }}\n    expect: {{ outcome: {outcome} }}\n";

    [Fact]
    public void DeniesFromTheStart_WhenTestsFail()
    {
        folder.Write("site.yaml", Open);
        folder.Write("site.test.yaml", Expecting("deny"));
        var catalog = new PolicyCatalog(folder.Path, TimeProvider.System, PolicyTests.Gate);

        var error = catalog.Reload().Errors.ShouldHaveSingleItem();

        (error.Code, error.File, error.Line).ShouldBe(("AG2304", folder["site.test.yaml"], 5));
        catalog.Status.IsDegraded.ShouldBeTrue();
        catalog.Decide("site", Ask.Request()).Outcome.ShouldBe(AccessOutcome.Deny);
    }

    [Fact]
    public void KeepsTheSetBefore_WhenTestsOfTheNextFail()
    {
        folder.Write("site.yaml", Closed);
        folder.Write("site.test.yaml", Expecting("deny"));
        var catalog = new PolicyCatalog(folder.Path, TimeProvider.System, PolicyTests.Gate);
        catalog.Reload().Errors.ShouldBeEmpty();

        folder.Write("site.yaml", Open);
        catalog.Reload().Errors.ShouldHaveSingleItem().Code.ShouldBe("AG2304");
        catalog.Decide("site", Ask.Request()).Rule.ShouldBe("closed");

        folder.Write("site.test.yaml", Expecting("allow"));
        catalog.Reload().Errors.ShouldBeEmpty();
        catalog.Decide("site", Ask.Request()).Rule.ShouldBe("open");
    }

    [Fact]
    public void RefusesTheSet_WhenATestFileCannotBeRead()
    {
        folder.Write("site.yaml", Open);
        folder.Write("site.test.yaml", "policy: site\ntests: nonsense\n");
        new PolicyCatalog(folder.Path, TimeProvider.System, PolicyTests.Gate).Reload().Snapshot.ShouldBeNull();
        new PolicyCatalog(folder.Path, TimeProvider.System).Reload().Snapshot.ShouldNotBeNull();
    }

    [Fact]
    public async Task TestsAreWatchedToo_WhenTheyDecide()
    {
        folder.Write("site.yaml", Open);
        folder.Write("site.test.yaml", Expecting("deny"));
        var catalog = new PolicyCatalog(folder.Path, TimeProvider.System, PolicyTests.Gate);
        catalog.Reload();
        using var watcher = new PolicyFolderWatcher(catalog, TimeProvider.System);

        folder.Write("site.test.yaml", Expecting("allow"));

        for (var i = 0; i < 1000 && catalog.Status.IsDegraded; i++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        catalog.Status.IsDegraded.ShouldBeFalse();
    }
}
