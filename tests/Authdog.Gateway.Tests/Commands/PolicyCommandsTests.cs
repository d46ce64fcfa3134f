using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Commands;

public sealed class PolicyCommandsTests : IDisposable
{
    private const string Staff = "policy: staff\nrules:\n  - name: staff may\n    effect: allow\n    when: { role: staff }\n";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task PassesTheDemosOwnTests_WhenRunOnTheRepository()
    {
        var (status, output, error) = await GatewayProcess.RunAsync(GatewayProcess.Repository, "policy", "test", "policies");

        status.ShouldBe(0, output + error);
        output.ShouldMatch("(?m)^[1-9][0-9]* passed, 0 failed");
    }

    [Theory]
    [InlineData(0, "--role", "staff")]
    [InlineData(1, "--role", "guest")]
    public async Task SaysWhichRuleDecides_WhenAskedToExplain(int expected, params string[] person)
    {
        _folder.Write("policies/staff.yaml", Staff);

        var (status, output, error) = await GatewayProcess.RunAsync(_folder.Path, ["policy", "explain", "--policy", "staff", "--path", "/x", "--user", "ada@example.com", .. person]);

        status.ShouldBe(expected, output + error);
        output.ShouldContain("staff may");
        output.ShouldContain("role");
    }

    [Fact]
    public async Task ExplainsTheBuiltInPolicies_WhenTheFolderHasNoneOfItsOwn()
    {
        _folder.Write("data/policies/staff.yaml", Staff);

        var (status, output, error) = await GatewayProcess.RunAsync(_folder.Path, "policy", "explain", "--policy", "staff", "--path", "/x", "--user", "ada@example.com", "--role", "staff");

        status.ShouldBe(0, output + error);
    }

    [Fact]
    public async Task ExplainsEveryInput_AndWhatWouldHaveBeenEnough()
    {
        _folder.Write("policies/p.yaml", """
            policy: p
            rules:
              - name: everything
                effect: allow
                when:
                  route: r
                  query: { name: q, value: '1' }
                  header: { name: X-Tag, value: red }
                  country: DE
                  asn: 64496
                  bot-score: { at-most: 10 }
                  client-certificate: { name: robot.example }
                  time: { zone: Europe/Berlin, days: mon-fri, from: '09:00', to: '17:00' }
                  permission: read
                  group: auditors
                  claim: { name: level, at-least: 3 }
                  client-kind: api-key
                  connection: okta
                  session-age: 1h
                  risk: { at-least: low, at-most: medium }
                  factor: { amr: hwk, max-age: 10m }
                require: { passkey: device-bound, max-age: 10m }
            """);
        string[] asked =
        [
            "policy", "explain", "--policy", "p", "--path", "/x", "--route", "r", "--query", "q=1", "--header", "x-tag=red", "--country", "DE", "--asn", "64496", "--bot-score", "5",
            "--certificate-name", "robot.example", "--at", "2026-03-02T10:00+01:00", "--user", "ada@example.com", "--role", "x", "--permission", "read", "--group", "Auditors",
            "--claim", "level=3", "--client-kind", "api-key", "--connection", "okta", "--session-age", "30", "--risk", "medium", "--factor", "hwk:5m:device-bound",
        ];

        var (status, output, error) = await GatewayProcess.RunAsync(_folder.Path, asked);
        var other = await GatewayProcess.RunAsync(_folder.Path, [.. asked[..^1], "hwk:20m:device-bound"]);

        status.ShouldBe(0, output + error);
        output.ShouldNotMatch(@"\bmiss\b");
        other.ExitStatus.ShouldBe(1);
        other.Output.ShouldContain("would have been enough");
        other.Output.ShouldContain("used at most 10m ago");
    }

    [Fact]
    public async Task WritesJUnitAndDifferences_WhenTestsFail()
    {
        _folder.Write("policies/staff.yaml", Staff);
        _folder.Write("policies/staff.test.yaml", "policy: staff\ntests:\n  - name: guests\n    given: { user: { roles: [guest] }, request: { path: / } }\n    expect: { outcome: allow }\n");

        var (status, output, error) = await GatewayProcess.RunAsync(_folder.Path, "policy", "test", "policies", "--junit", "results.xml");

        status.ShouldBe(1, output + error);
        output.ShouldContain("  @@ line 5 @@\n  - outcome: allow\n  + outcome: deny\n");
        output.ShouldContain("exercised: 0 of 1 rules");
        File.ReadAllText(Path.Combine(_folder.Path, "results.xml")).ShouldContain("<failure");
    }

    [Fact]
    public async Task WarnsOfDoubts_AndIsStrictWhenAsked()
    {
        _folder.Write("policies/staff.yaml", Staff + "  - { name: again, effect: allow, when: { role: staff } }\n");

        _folder.Write("appsettings.json", """
            { "Policies": { "Path": "policies" }, "ReverseProxy": {
              "Routes": { "app": { "ClusterId": "app", "AuthorizationPolicy": "staff", "Match": { "Path": "/{**rest}" } } },
              "Clusters": { "app": { "Destinations": { "one": { "Address": "http://127.0.0.1:3000" } } } } } }
            """);

        var lenient = await GatewayProcess.RunAsync(_folder.Path, "validate");
        var strict = await GatewayProcess.RunAsync(_folder.Path, "validate", "--strict");

        lenient.ExitStatus.ShouldBe(0, lenient.Output + lenient.Error);
        lenient.Output.ShouldContain("Warning: AG2401");
        strict.ExitStatus.ShouldBe(2, strict.Output + strict.Error);
    }

    [Fact]
    public async Task SaysWhoGainsAndLoses_WhenFoldersDiffer()
    {
        var old = Path.Combine(GatewayProcess.Repository, "policies");
        foreach (var file in Directory.GetFiles(old, "*.yaml"))
        {
            _folder.Write(Path.GetFileName(file), File.ReadAllText(file).Replace("role: admin", "role: owner", StringComparison.Ordinal));
        }

        var same = await GatewayProcess.RunAsync(_folder.Path, "policy", "diff", old, old);
        var other = await GatewayProcess.RunAsync(_folder.Path, "policy", "diff", old, _folder.Path);

        same.ExitStatus.ShouldBe(0, same.Output + same.Error);
        other.ExitStatus.ShouldBe(1, other.Output + other.Error);
        other.Output.ShouldContain("LOSES    demo-admin");
    }

    public void Dispose() => _folder.Dispose();
}
