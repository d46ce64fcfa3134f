using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;
using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using BenchmarkDotNet.Attributes;

namespace Authdog.Benchmarks;

/// <summary>One decision: by a typical policy of ten rules, and by one of a thousand whose last rule decides.</summary>
[MemoryDiagnoser]
public class PolicyEvaluationBenchmarks
{
    private PolicySnapshot policies = null!;
    private AccessRequest member;
    private AccessRequest stranger;
    private AccessRequest asset;

    [GlobalSetup]
    public void Load()
    {
        var folder = Directory.CreateTempSubdirectory("authdog-benchmark-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "typical.yaml"), Typical);
            File.WriteAllText(Path.Combine(folder, "thousand.yaml"), Thousand());
            File.WriteAllText(Path.Combine(folder, "roles.yaml"), Roles());
            var result = PolicyCatalog.Load(folder, TimeProvider.System);
            policies = result.Snapshot ?? throw new InvalidOperationException(string.Join('\n', result.Errors));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        member = Member(TimeProvider.System.GetUtcNow());
        stranger = member with { Subject = null };
        asset = stranger with { Path = "/assets/site.css" };
    }

    /// <summary>A request by somebody of finance.</summary>
    internal static AccessRequest Member(DateTimeOffset now) => new()
    {
        Route = "app",
        Method = "GET",
        Host = "app.example.com",
        Path = "/area999/invoices/7",
        RemoteAddress = IPAddress.Parse("203.0.113.7"),
        Now = now,
        Subject = new Subject
        {
            UserId = "0198c0de-0000-7000-8000-000000000001",
            Tenant = "acme",
            Email = "ada@example.com",
            EmailVerified = true,
            Roles = FrozenSet.Create("staff", "finance"),
            Acr = "aal2",
            Amr = FrozenSet.Create("pwd", "otp"),
            AuthenticatedAt = now.AddMinutes(-5),
        },
    };

    [Benchmark(Baseline = true)]
    public AccessDecision TypicalMember() => Expect(policies.Decide("typical", in member), AccessOutcome.Allow);

    [Benchmark]
    public AccessDecision TypicalPublic() => Expect(policies.Decide("typical", in asset), AccessOutcome.Allow);

    [Benchmark]
    public AccessDecision TypicalStranger() => Expect(policies.Decide("typical", in stranger), AccessOutcome.Challenge);

    [Benchmark]
    public AccessDecision ThousandRulesMember() => Expect(policies.Decide("thousand", in member), AccessOutcome.Allow);

    [Benchmark]
    public AccessDecision ThousandRulesStranger() => Expect(policies.Decide("thousand", in stranger), AccessOutcome.Challenge);

    /// <summary>A thousand rules that no path tells apart: each is looked at.</summary>
    [Benchmark]
    public AccessDecision ThousandRolesMember() => Expect(policies.Decide("roles", in member), AccessOutcome.Allow);

    // A benchmark of the wrong answer measures nothing.
    private static AccessDecision Expect(AccessDecision decision, AccessOutcome outcome) =>
        decision.Outcome == outcome ? decision : throw new InvalidOperationException(decision.ToString());

    internal const string Typical = """
        policy: typical
        rules:
          - { name: health, effect: public, when: { path: /healthz, method: GET } }
          - { name: assets, effect: public, when: { path: [/assets/**, /favicon.ico], method: [GET, HEAD] } }
          - { name: home, effect: optional, when: { path: [/, /about] } }
          - { name: attackers, effect: deny, when: { ip: [198.51.100.0/24, 192.0.2.0/24, 2001:db8:bad::/48] } }
          - { name: former, effect: deny, when: { role: former } }
          - { name: admin elsewhere, effect: deny, when: { path: /admin/**, not: { ip: 203.0.113.0/24 } } }
          - { name: admin, effect: allow, when: { path: /admin/**, role: admin }, require: { acr: aal2, max-age: 15m } }
          - { name: partners, effect: allow, when: { path: /partners/**, email-domain: [partner.example, other.example] } }
          - { name: auditors, effect: allow, when: { method: GET, claim: { name: department, value: audit } } }
          - name: finance
            effect: allow
            when: { all: [{ role: [finance, owner] }, { tenant: acme }] }
            require: { acr: aal2 }
        """;

    private static string Thousand()
    {
        var text = new StringBuilder("policy: thousand\nrules:\n");
        for (var i = 0; i < 1000; i++)
        {
            var effect = i % 10 == 0 ? "deny" : "allow";
            var role = i % 10 == 0 ? "former" : "finance";
            text.Append(CultureInfo.InvariantCulture, $"  - {{ name: rule {i}, effect: {effect}, when: {{ path: /area{i}/**, role: {role} }} }}\n");
        }

        return text.ToString();
    }

    private static string Roles()
    {
        var text = new StringBuilder("policy: roles\nrules:\n");
        for (var i = 0; i < 1000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{ name: rule {i}, effect: allow, when: {{ tenant: acme, role: {(i == 999 ? "finance" : $"role{i}")} }} }}\n");
        }

        return text.ToString();
    }
}
