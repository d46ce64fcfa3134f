using Authdog.Policies.Catalog;
using Authdog.Policies.Linting;

namespace Authdog.Policies.Tests.Linting;

public sealed class PolicyLintTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{ name: a, effect: optional }, { name: b, effect: allow, when: { role: x } }", "AG2401")]
    [InlineData("{ name: a, effect: allow, when: { role: [x, y] } }, { name: b, effect: allow, when: { role: X, path: /a } }", null)]
    [InlineData("{ name: a, effect: allow, when: { role: [x, y] } }, { name: b, effect: allow, when: { role: x, path: /a } }", "AG2401")]
    [InlineData("{ name: a, effect: allow, when: { path: /a/** } }, { name: b, effect: allow, when: { path: [/a, /a/b/*] } }", "AG2401")]
    [InlineData("{ name: a, effect: allow, when: { any: [{ role: x }, { role: y }] } }, { name: b, effect: allow, when: { role: y } }", "AG2401")]
    [InlineData("{ name: a, effect: allow, when: { not: { role: [x, y] } } }, { name: b, effect: allow, when: { not: { role: [x, y, z] } } }", "AG2401")]
    [InlineData("{ name: a, effect: allow, when: { not: { role: [x, y] } } }, { name: b, effect: allow, when: { not: { role: [x] } } }", null)]
    [InlineData("{ name: a, effect: allow, require: { acr: aal2 } }, { name: b, effect: allow, when: { role: x } }", null)]
    [InlineData("{ name: a, effect: allow }, { name: b, effect: optional, when: { path: /a } }", null)]
    [InlineData("{ name: a, effect: deny, when: { ip: 10.0.0.0/8 } }, { name: b, effect: deny, when: { ip: 10.0.0.0/8, path: /a } }", "AG2401")]
    [InlineData("{ name: a, effect: allow, when: { path: /a/b } }, { name: b, effect: deny, when: { path: /a/** } }", "AG2402")]
    [InlineData("{ name: a, effect: allow, when: { path: /a, role: x } }, { name: b, effect: deny, when: { path: /a, not: { role: x } } }", null)]
    [InlineData("{ name: a, effect: allow, when: { all: [{ tenant: x }, { tenant: y }] } }", "AG2403")]
    [InlineData("{ name: a, effect: allow, when: { all: [{ role: x }, { role: y }] } }", null)]
    [InlineData("{ name: a, effect: allow, when: { role: x, not: { role: [x, y] } } }", "AG2403")]
    [InlineData("{ name: a, effect: deny, when: { all: [{ path: /a/** }, { path: /b/** }] } }", "AG2403")]
    [InlineData("{ name: a, effect: allow, when: { all: [{ ip: [10.0.0.0/8, 2001:db8::/32] }, { ip: [11.0.0.0/8, 2001:db9::/32] }] } }", "AG2403")]
    [InlineData("{ name: a, effect: allow, when: { all: [{ ip: [10.0.0.0/8, 192.0.2.0/24] }, { ip: [11.0.0.0/8, 192.0.2.7] }] } }", null)]
    [InlineData("{ name: a, effect: allow, when: { all: [{ time: { zone: Europe/Berlin, from: '08:00', to: '12:00' } }, { time: { zone: Europe/Berlin, from: '12:00', to: '18:00' } }] } }", "AG2403")]
    [InlineData("{ name: a, effect: allow, when: { all: [{ time: { zone: Europe/Berlin, days: [mon], from: '22:00', to: '02:00' } }, { time: { zone: Europe/Berlin, days: [tue], from: '01:00', to: '18:00' } }] } }", null)]
    [InlineData("{ name: a, effect: allow, when: { all: [{ time: { zone: Europe/Berlin, from: '08:00', to: '12:00' } }, { time: { zone: Asia/Tokyo, from: '12:00', to: '18:00' } }] } }", null)]
    [InlineData("{ name: a, effect: allow, when: { all: [{ risk: { at-least: medium } }, { risk: { at-most: low } }] } }", "AG2403")]
    [InlineData("{ name: a, effect: allow, when: { all: [{ risk: { at-least: low } }, { risk: { at-most: low } }] } }", null)]
    [InlineData("{ name: a, effect: allow, when: { path: /a/**, role: x } }, { name: b, effect: public, when: { path: /a/b/** } }", "AG2404")]
    [InlineData("{ name: a, effect: allow, when: { path: /a/**, role: x } }, { name: b, effect: public, when: { path: /ab/** } }", null)]
    [InlineData("{ name: a, effect: allow, when: { path-expression: '/a/.*' } }", "AG2405")]
    [InlineData("{ name: a, effect: allow, when: { header: { name: V, expression: 'v1.2' } } }", "AG2405")]
    [InlineData("{ name: a, effect: allow, when: { path-expression: '/[a-z]+/v1\\.2' } }", null)]
    [InlineData("{ name: a, effect: allow, when: { path-expression: '/[a-z]{1,1500}' } }", "AG2406")]
    public void WarnsOfWhatCanHardlyBeMeant(string rules, string? code)
    {
        var warnings = Check($"policy: p\nrules: [{rules}]\n", new LintNames());

        warnings.Select(warning => warning.Code).ShouldBe(code is null ? [] : [code]);
        warnings.ShouldAllBe(warning => warning.Line == 2 && warning.Cure.Length > 0 && warning.File.EndsWith("p.yaml"));
    }

    [Fact]
    public void WarnsOfNamesThatDoNotExist_WhereNamesAreKnown()
    {
        const string Text = """
            policy: p
            rate-limit: strict
            rules:
              - name: a
                effect: allow
                when:
                  any: [{ role: [Finance, fnance] }, { tenant: acm }, { connection: [local, okta] }, { route: [app, old] }]
                require: { connection: entra }
            """;

        Check(Text, new LintNames()).ShouldBeEmpty();
        var names = new LintNames
        {
            Roles = ["finance"],
            Tenants = ["acme"],
            Connections = ["google"],
            RateLimits = ["relaxed"],
            Routes = [new LintRoute("app", "p", "/{**rest}", [], [])],
        };
        Check(Text, names).Select(warning => (warning.Code, warning.Value)).ShouldBe(
            [("AG2409", "entra"), ("AG2410", "strict"), ("AG2407", "fnance"), ("AG2408", "acm"), ("AG2409", "okta"), ("AG2411", "old")],
            ignoreOrder: true);
        Check(Text, names).Single(warning => warning.Code == "AG2407").Cure.ShouldBe("Did you mean 'finance'?");
    }

    [Theory]
    [InlineData("path: /admin/**", "/admin/{**rest}", null)]
    [InlineData("path: /admin/**", "/app/{**rest}", "/admin/**")]
    [InlineData("path: [/app/x, /admin]", "/app/{**rest}", "/admin")]
    [InlineData("path: /app/x", "/app", "/app/x")]
    [InlineData("path: '/*/x'", "/app/{id}", null)]
    [InlineData("path: /**", "/app", null)]
    [InlineData("host: a.example.com", "/app", null)]
    [InlineData("host: b.example.com", "/app", "b.example.com")]
    [InlineData("method: [GET, POST]", "/app", "POST")]
    public void WarnsOfWhatNoRouteBrings(string when, string template, string? value) =>
        Check($"policy: p\nrules: [{{ name: r, effect: allow, when: {{ {when} }} }}]\n", new LintNames { Routes = [new LintRoute("app", "p", template, ["a.example.com"], ["GET"])] })
            .Select(warning => warning.Value).ShouldBe(value is null ? [] : [value]);

    [Fact]
    public void NamesTheFileOfConditions_WhenTheDoubtIsThere()
    {
        folder.Write("conditions.yaml", "conditions:\n  c:\n    path-expression: '/a.*'\n");

        var warning = Check("policy: p\nrules: [{ name: r, effect: allow, when: { condition: c } }]\n", new LintNames()).ShouldHaveSingleItem();

        (warning.Code, warning.File, warning.Line).ShouldBe(("AG2405", folder["conditions.yaml"], 3));
    }

    [Fact]
    public void IsContentWithThePoliciesThatAreShipped()
    {
        foreach (var shipped in new[] { Repository.Policies, Path.Combine(Repository.Root, "examples", "invoices") })
        {
            PolicyLint.Check(PolicyCatalog.Load(shipped, TimeProvider.System).Snapshot!, new LintNames()).ShouldBeEmpty();
        }
    }

    private Policies.Language.PolicyError[] Check(string text, LintNames names)
    {
        folder.Write("p.yaml", text);
        var result = PolicyCatalog.Load(folder.Path, TimeProvider.System);
        result.Errors.ShouldBeEmpty();
        return [.. PolicyLint.Check(result.Snapshot!, names)];
    }
}
