using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Policies.Tests.Catalog;

public sealed class PolicyCatalogTests : IDisposable
{
    private const string Open = "policy: site\nrules: [{ name: open, effect: public }]\n";
    private const string Closed = "policy: site\nrules: [{ name: closed, effect: deny }]\n";

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(Ask.Now);

    public void Dispose() => folder.Dispose();

    [Fact]
    [Trait("Threat", "B6")]
    public void Denies_BeforeFirstLoadAndForUnknownPolicy()
    {
        var catalog = new PolicyCatalog(folder.Path, time);
        catalog.Decide("site", Ask.Request()).ShouldBe(new AccessDecision(AccessOutcome.Deny, AccessReason.UnknownPolicy, "site", null, null, false));
        catalog.Status.IsDegraded.ShouldBeTrue();

        folder.Write("a.yaml", Open);
        catalog.Reload().Snapshot.ShouldNotBeNull();
        catalog.Decide("site", Ask.Request()).Outcome.ShouldBe(AccessOutcome.Allow);
        catalog.Decide("Site", Ask.Request()).Reason.ShouldBe(AccessReason.UnknownPolicy);
        catalog.Decide("", Ask.Request()).Outcome.ShouldBe(AccessOutcome.Deny);
        catalog.Contains("site").ShouldBeTrue();
        catalog.Contains("other").ShouldBeFalse();
    }

    [Fact]
    [Trait("Threat", "B6")]
    public void DeniesAndReports_WhenEvaluationFails()
    {
        folder.Write("a.yaml", "policy: site\nrules: [{ name: open, effect: public, when: { path: /** } }]\n");
        var catalog = new PolicyCatalog(folder.Path, time);
        catalog.Reload();
        Exception? reported = null;
        catalog.EvaluationFailed += (_, exception) => reported = exception;
        catalog.Decide(null!, Ask.Request()).ShouldBe(new AccessDecision(AccessOutcome.Deny, AccessReason.EvaluationFailed, null!, null, null, false));
        reported.ShouldNotBeNull();
    }

    [Fact]
    public void KeepsLastGoodSet_WhenAnyFileIsWrong()
    {
        folder.Write("a.yaml", Open);
        var catalog = new PolicyCatalog(folder.Path, time);
        List<PolicyLoadResult> events = [];
        catalog.Reloaded += (_, result) => events.Add(result);
        catalog.Reload();
        var good = catalog.Current;

        time.Advance(TimeSpan.FromMinutes(1));
        folder.Write("a.yaml", Closed);
        folder.Write("b.yaml", "policy: b\nrules: nonsense\n");
        catalog.Reload().Errors.ShouldHaveSingleItem().File.ShouldBe(folder["b.yaml"]);
        catalog.Current.ShouldBeSameAs(good);
        catalog.Status.ShouldBe(new PolicyCatalogStatus(Ask.Now, Ask.Now.AddMinutes(1), 1, catalog.Status.Errors));
        catalog.Status.IsDegraded.ShouldBeTrue();

        File.Delete(folder["b.yaml"]);
        catalog.Reload();
        catalog.Status.ShouldBe(new PolicyCatalogStatus(time.GetUtcNow(), time.GetUtcNow(), 1, []));
        catalog.Status.IsDegraded.ShouldBeFalse();
        catalog.Decide("site", Ask.Request()).Rule.ShouldBe("closed");
        events.Select(result => result.Snapshot is not null).ShouldBe([true, false, true]);
    }

    [Fact]
    public void KeepsLastGoodSet_WhenFolderIsGone()
    {
        folder.Write("set/a.yaml", Open);
        var catalog = new PolicyCatalog(folder["set"], time);
        catalog.Reload();
        Directory.Delete(folder["set"], recursive: true);
        catalog.Reload().Errors.ShouldHaveSingleItem().Code.ShouldBe("AG2010");
        catalog.Decide("site", Ask.Request()).Outcome.ShouldBe(AccessOutcome.Allow);
    }

    [Fact]
    public void PassesOverOtherFiles_WhenFolderHasThem()
    {
        folder.Write("a.yaml", Open);
        folder.Write("a.test.yaml", "nonsense");
        folder.Write("README.md", "# Policies");
        folder.Write("policy.schema.json", "{");
        folder.Write(".#a.yaml", "nonsense");
        folder.Write("a.yaml~", "nonsense");
        folder.Write("..data/a.yaml", "nonsense");
        PolicyCatalog.Load(folder.Path, time).Snapshot.ShouldNotBeNull().Names.ShouldBe(["site"]);
    }

    [Fact]
    public void ReadsTextWithMarkAndWindowsLines_WhenEditorWroteThem()
    {
        folder.Write("a.yaml", "\uFEFF" + Open.ReplaceLineEndings("\r\n"));
        PolicyCatalog.Load(folder.Path, time).Snapshot.ShouldNotBeNull();
    }
}
