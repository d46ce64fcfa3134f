using System.Text.RegularExpressions;
using Authdog.Policies.Catalog;
using Authdog.Policies.Language;
using Authdog.Policies.Testing;

namespace Authdog.Policies.Tests.Language;

/// <summary>What <c>policies/README.md</c> shows is true, and it shows everything.</summary>
public sealed partial class ManualTests
{
    private static readonly string Manual = File.ReadAllText(Path.Combine(Repository.Policies, "README.md"));

    private static IEnumerable<(string Kind, string Text)> Blocks => Block().Matches(Manual).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    [Fact]
    public void EveryExampleIsRead()
    {
        Blocks.Count().ShouldBeGreaterThan(15);
        foreach (var (kind, text) in Blocks.Where(block => block.Kind == "yaml"))
        {
            var policy = text.StartsWith("policy:", StringComparison.Ordinal)
                ? text
                : "policy: p\nrules:\n  - name: r\n    effect: allow\n" + Regex.Replace(text, "^(?=.)", "    ", RegexOptions.Multiline);
            Ask.Policy(policy).Rules.ShouldNotBeEmpty(kind);
        }
    }

    [Fact]
    public void EveryKeywordHasAnExample()
    {
        var examples = string.Concat(Blocks.Where(block => block.Text.StartsWith("when:", StringComparison.Ordinal)).Select(block => block.Text));
        foreach (var keyword in CriterionKeywords.All)
        {
            Regex.IsMatch(examples, $@"(when: {{ |, |{{ |^\s*(- )?){keyword.Name}:", RegexOptions.Multiline).ShouldBeTrue(keyword.Name);
            Manual.ShouldContain($"`{keyword.Name}` –");
        }
    }

    [Fact]
    public void TestsInTheManualPass()
    {
        using var folder = new TemporaryFolder();
        folder.Write("billing.yaml", Blocks.First().Text);
        folder.Write("billing.test.yaml", Blocks.Single(block => block.Kind == "yaml test").Text);
        var report = PolicyTests.Run(PolicyCatalog.Load(folder.Path, TimeProvider.System).Snapshot!, [folder.Path], Ask.Now);
        report.ToText().ShouldEndWith("\n1 passed, 0 failed\n");
    }

    [Fact]
    public void PoliciesOfTheDemoPassTheirTests()
    {
        var result = PolicyCatalog.Load(Repository.Policies, TimeProvider.System);
        result.Errors.ShouldBeEmpty();
        result.Snapshot!.Names.ShouldBe(["demo-admin", "demo-members", "demo-public", "signed-in"]);
        var report = PolicyTests.Run(result.Snapshot, [Repository.Policies], Ask.Now);
        report.ToText().ShouldEndWith($"\n{report.Results.Length} passed, 0 failed\n");
        report.Results.Select(test => test.Policy).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void WorkedExampleIsWhatTheManualShows_AndItsTestsLeaveNothingOut()
    {
        var folder = Path.Combine(Repository.Root, "examples", "invoices");
        foreach (var (kind, text) in Blocks.Where(block => block.Kind.StartsWith("yaml example ", StringComparison.Ordinal)))
        {
            File.ReadAllText(Path.Combine(folder, kind["yaml example ".Length..])).ShouldStartWith(text);
        }

        var result = PolicyCatalog.Load(folder, TimeProvider.System);
        result.Errors.ShouldBeEmpty();
        var report = PolicyTests.Run(result.Snapshot!, [folder], PolicyTests.DefaultTime);
        report.ToText().ShouldBe($"exercised: 4 of 4 rules, 13 of 13 criteria\n{report.Results.Length} passed, 0 failed\n");
    }

    [Fact]
    public void ExampleOfConditionsIsRead()
    {
        var errors = new ErrorList("conditions.yaml");
        ConditionsReader.Read(System.Text.Encoding.UTF8.GetBytes(Blocks.Single(block => block.Kind == "yaml conditions").Text), Definitions.None, errors).Names.Count().ShouldBe(3);
        errors.ToImmutable().ShouldBeEmpty();
    }

    [GeneratedRegex("^```(yaml[a-z. ]*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
