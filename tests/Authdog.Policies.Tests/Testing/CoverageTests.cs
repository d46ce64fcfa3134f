using System.Xml.Linq;
using Authdog.Policies.Catalog;
using Authdog.Policies.Testing;

namespace Authdog.Policies.Tests.Testing;

public sealed class CoverageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void NamesRulesAndCriteriaThatNoTestExercises()
    {
        folder.Write("conditions.yaml", "conditions:\n  home:\n    ip: 10.0.0.0/8\n");
        folder.Write("p.yaml", """
            policy: p
            rules:
              - name: a
                effect: allow
                when:
                  role: x
                  condition: home
              - name: b
                effect: deny
                when: { tenant: evil }
              - { name: c, effect: deny, mode: shadow }
            """);
        folder.Write("p.test.yaml", """
            policy: p
            tests:
              - name: one
                given: { user: { roles: [x] }, request: { path: /, ip: 10.0.0.1 } }
                expect: { outcome: allow, shadow: { outcome: deny, rule: c } }
              - name: two
                given: { user: { roles: [y] }, request: { path: /, ip: 10.0.0.1 } }
                expect: { outcome: deny, shadow: { outcome: deny } }
            """);

        var report = Run();

        report.ToText().ShouldBe($"""
            never exercised: {folder["p.yaml"]}(3): ip 10.0.0.0/8 hits in every test
            never exercised: {folder["p.yaml"]}(8): rule "b" decides no test
            never exercised: {folder["p.yaml"]}(10): tenant evil hits in no test
            exercised: 2 of 3 rules, 1 of 3 criteria
            2 passed, 0 failed

            """);
    }

    [Fact]
    public void WritesJUnit_ThatBuildServersRead()
    {
        folder.Write("p.yaml", "policy: p\nrules: [{ name: \"<r>\", effect: allow }]\n");
        folder.Write("p.test.yaml", """
            policy: p
            tests:
              - name: "\e & <fails>"
                given: { user: {}, request: { path: / } }
                expect: { outcome: deny }
              - name: passes
                given: { user: {}, request: { path: / } }
                expect: { outcome: allow }
            """);
        folder.Write("q.test.yaml", "policy: p\ntests: []\n");

        var suites = XElement.Parse(Run().ToJUnit());

        (suites.Attribute("tests")!.Value, suites.Attribute("failures")!.Value, suites.Attribute("errors")!.Value).ShouldBe(("2", "1", "1"));
        var failing = suites.Elements("testsuite").First().Elements("testcase").First();
        (failing.Attribute("line")!.Value, failing.Attribute("name")!.Value).ShouldBe(("3", "\uFFFD & <fails>"));
        failing.Element("failure")!.Attribute("message")!.Value.ShouldBe("outcome should be deny and is allow");
        suites.Elements("testsuite").Last().Element("system-err")!.Value.ShouldContain("AG2105");
    }

    private PolicyTestReport Run() => PolicyTests.Run(PolicyCatalog.Load(folder.Path, TimeProvider.System).Snapshot!, [folder.Path], PolicyTests.DefaultTime);
}
