using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Policies.Tests.Catalog;

/// <summary>What is kept from one reading to the next never answers for what has changed.</summary>
public sealed class PolicyCacheTests : IDisposable
{
    private const string ByNetwork = "policy: site\nrules: [{ name: in, effect: public, when: { ip: networks/n } }]\n";
    private const string ByCondition = "policy: site\nrules: [{ name: in, effect: public, when: { condition: c } }]\n";

    private readonly TemporaryFolder folder = new();
    private readonly PolicyCatalog catalog;

    public PolicyCacheTests() => catalog = new PolicyCatalog(folder.Path, new FakeTimeProvider(Ask.Now));

    public void Dispose() => folder.Dispose();

    private bool Allows => catalog.Decide("site", Ask.Request()).Outcome == AccessOutcome.Allow;

    [Fact]
    public void SeesAChangedNetwork_ThoughThePolicyIsTheSame()
    {
        folder.Write("site.yaml", ByNetwork);
        folder.Write("networks/n.txt", "203.0.113.0/24\n");
        catalog.Reload().Errors.ShouldBeEmpty();
        Allows.ShouldBeTrue();
        folder.Write("networks/n.txt", "10.0.0.0/8\n");
        catalog.Reload().Errors.ShouldBeEmpty();
        Allows.ShouldBeFalse();
    }

    [Fact]
    public void SeesAChangedCondition_ThoughThePolicyIsTheSame()
    {
        folder.Write("site.yaml", ByCondition);
        folder.Write("conditions.yaml", "conditions: { c: { ip: 203.0.113.0/24 } }\n");
        catalog.Reload().Errors.ShouldBeEmpty();
        Allows.ShouldBeTrue();
        folder.Write("conditions.yaml", "conditions: { c: { ip: 10.0.0.0/8 } }\n");
        catalog.Reload().Errors.ShouldBeEmpty();
        Allows.ShouldBeFalse();
        File.Delete(folder["conditions.yaml"]);
        catalog.Reload().Errors.ShouldHaveSingleItem().Code.ShouldBe("AG2116");
        Allows.ShouldBeFalse();
    }

    [Fact]
    public void TellsMistakesEachTime_AndTakesUpWhatIsMended()
    {
        folder.Write("site.yaml", "policy: site\nrules: [{ name: in, effect: public }]\n");
        folder.Write("other.yaml", "policy: other\nrules: []\n");
        catalog.Reload().Errors.Length.ShouldBe(1);
        catalog.Reload().Errors.Length.ShouldBe(1);
        folder.Write("other.yaml", "policy: other\nrules: [{ name: x, effect: deny }]\n");
        catalog.Reload().Errors.ShouldBeEmpty();
        (Allows, catalog.Contains("other")).ShouldBe((true, true));
        File.Delete(folder["other.yaml"]);
        catalog.Reload();
        catalog.Contains("other").ShouldBeFalse();
    }

    [Fact]
    public void FindsTwoOfOneName_ThoughBothWereReadBefore()
    {
        folder.Write("a.yaml", "policy: site\nrules: [{ name: x, effect: deny }]\n");
        catalog.Reload();
        folder.Write("b.yaml", "policy: site\nrules: [{ name: x, effect: public }]\n");
        catalog.Reload().Errors.ShouldHaveSingleItem().Code.ShouldBe("AG2107");
        catalog.Reload().Errors.ShouldHaveSingleItem().Code.ShouldBe("AG2107");
        Allows.ShouldBeFalse();
    }
}
