using Authdog.Policies.Catalog;
using Authdog.Policies.Testing;

namespace Authdog.Policies.Tests.Testing;

public sealed class PolicyTestsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private PolicyTestReport Run(string tests)
    {
        folder.Write("p.yaml", "policy: p\nrules: [{ name: r, effect: allow, when: { role: a, claim: { name: c, value: v }, ip: 10.0.0.0/8 }, require: { max-age: 5m, acr: aal2, amr: otp } }]\n");
        folder.Write("p.test.yaml", tests);
        return PolicyTests.Run(PolicyCatalog.Load(folder.Path, TimeProvider.System).Snapshot!, [folder.Path], Ask.Now);
    }

    [Fact]
    public void Passes_WhenEverythingIsAsExpected()
    {
        var report = Run("""
            policy: p
            tests:
              - name: everything given
                given:
                  user: { id: u, email: a@example.com, email-verified: false, tenant: acme, roles: [a], claims: { c: [u, v] } }
                  session: { acr: aal2, amr: [pwd, otp], age: 4m }
                  request: { method: POST, host: h.example.com, path: /x, ip: '::ffff:10.0.0.1', route: r }
                expect: { outcome: allow, rule: r, reason: allow-rule }
              - name: too old
                given:
                  user: { roles: a, claims: { c: v } }
                  session: { acr: aal2, amr: [otp], age: 6m }
                  request: { path: /x, ip: 10.0.0.1 }
                expect: { outcome: challenge, reason: step-up-required }
              - name: nobody
                given:
                  request: { path: /x }
                expect: { outcome: deny, rule: none }
            """);
        report.ToText().ShouldEndWith("\n3 passed, 0 failed\n");
        report.Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void ReportsEachMismatchWithLine_WhenSomethingElseHappens()
    {
        var report = Run("""
            policy: p
            tests:
              - name: wrong
                given:
                  request: { path: /x, ip: 10.0.0.1 }
                expect:
                  outcome: allow
                  rule: other
                  reason: sign-in-required
            """);
        report.Succeeded.ShouldBeFalse();
        var result = report.Results.ShouldHaveSingleItem();
        (result.File, result.Line, result.Name).ShouldBe((folder["p.test.yaml"], 3, "wrong"));
        result.Mismatches.ShouldBe([new PolicyTestMismatch(7, "outcome", "allow", "challenge"), new PolicyTestMismatch(8, "rule", "other", "r")]);
        report.ToText().ShouldContain("  @@ line 7 @@\n  - outcome: allow\n  + outcome: challenge\n");
    }

    [Fact]
    public void ReportsEveryMistakeAndRunsNothing_WhenFileIsWrong()
    {
        var report = Run("""
            policy: q
            tests:
              - name: x
                given:
                  session: { acr: aal1, age: soon }
                  request: { pth: /x, path: x?y, ip: everywhere }
                expect: { outcome: alow, reason: because }
              - given: {}
                expect: { rule: r }
              - name: z
                given: { user: { email-verified: maybe, claims: [a] }, request: { path: / } }
                expect: { outcome: deny }
            """);
        report.Results.ShouldBeEmpty();
        report.Succeeded.ShouldBeFalse();
        report.Errors.Select(error => (error.Code, error.Line)).ShouldBe(
        [
            ("AG2301", 1), ("AG2104", 5), ("AG2101", 6), ("AG2201", 6), ("AG2204", 6), ("AG2302", 7), ("AG2302", 7),
            ("AG2104", 8), ("AG2104", 8), ("AG2104", 9), ("AG2303", 11), ("AG2103", 11),
        ]);
    }

    [Fact]
    public void ReportsFile_WhenItIsMissing() =>
        PolicyTests.Run(PolicyCatalog.Load(folder.Path, TimeProvider.System).Snapshot!, [folder["none.test.yaml"]], Ask.Now)
            .Errors.ShouldHaveSingleItem().Code.ShouldBe("AG2010");
}
