using System.Text.Json;
using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Commands;

/// <summary>From a real refusal to its explanation, and from real traffic to who gains and who loses: by the program as an operator runs it.</summary>
public sealed class RecordedCommandsTests : IDisposable
{
    private const string Rules = "policy: POLICY\nrules:\n  - name: members\n    effect: allow\n    when: { method: GET }\n  - name: staff soon\n    effect: deny\n    mode: shadow\n    when: { path: /soon }\n  - name: never\n    effect: deny\n    when: { path: /never }\n";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task RefusalIsExplained_ReportedAndAskedAgain()
    {
        _folder.Write("policies/open.yaml", Rules.Replace("POLICY", "open", StringComparison.Ordinal).Replace("effect: allow", "effect: optional", StringComparison.Ordinal));
        _folder.Write("new/open.yaml", "policy: open\nrules:\n  - name: nobody\n    effect: deny\n");
        _folder.Write("appsettings.json", """
            {
              "Policies": { "Recording": { "SampleRate": 1 } },
              "ReverseProxy": {
                "Routes": { "app": { "ClusterId": "app", "AuthorizationPolicy": "open", "Match": { "Path": "/{**all}" } } },
                "Clusters": { "app": { "Destinations": { "one": { "Address": "http://127.0.0.1:1" } } } }
              }
            }
            """);
        string id;
        await using (var gateway = await GatewayProcess.StartAsync(_folder.Path))
        {
            using var client = new HttpClient(new SocketsHttpHandler());
            using var refused = await client.GetAsync(new Uri(gateway.Url + "/never"));
            id = JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
            using var soon = await client.GetAsync(new Uri(gateway.Url + "/soon"));
            using var plain = await client.GetAsync(new Uri(gateway.Url + "/secret-path"));
            await WaitAsync(3);
        }

        var explained = await GatewayProcess.RunAsync(_folder.Path, "policy", "explain", "--decision", id);
        explained.ExitStatus.ShouldBe(1, explained.Output + explained.Error);
        explained.Output.ShouldContain($"Decision {id} of ");
        explained.Output.ShouldContain("deny (deny-rule), policy open, rule \"never\", route app");
        explained.Output.ShouldContain("=> hit");

        var revealed = await GatewayProcess.RunAsync(_folder.Path, "policy", "explain", "--decision", id, "--reveal");
        revealed.Output.ShouldContain("/never");

        var unknown = await GatewayProcess.RunAsync(_folder.Path, "policy", "explain", "--decision", "0123456789abcdef");
        unknown.ExitStatus.ShouldBe(2);
        unknown.Error.ShouldContain("AG1612");

        var report = await GatewayProcess.RunAsync(_folder.Path, "policy", "report");
        report.ExitStatus.ShouldBe(0, report.Output + report.Error);
        report.Output.ShouldContain("LOSES    open, route app: allow by \"members\" -> deny by \"staff soon\": 1 recorded");

        var diff = await GatewayProcess.RunAsync(_folder.Path, "policy", "diff", "policies", "new", "--recorded");
        diff.ExitStatus.ShouldBe(1, diff.Output + diff.Error);
        diff.Output.ShouldContain("LOSES    open, route app: allow by \"members\" -> deny by \"nobody\": 2 recorded");
        diff.Output.ShouldNotContain("secret-path");

        var same = await GatewayProcess.RunAsync(_folder.Path, "policy", "diff", "policies", "policies", "--recorded");
        same.ExitStatus.ShouldBe(0, same.Output + same.Error);
        same.Output.ShouldContain("No difference in 3 recorded decisions.");
    }

    public void Dispose() => _folder.Dispose();

    private async Task WaitAsync(int lines)
    {
        var folder = Path.Combine(_folder.Path, "data", "decisions");
        for (var attempt = 0; attempt < 100; attempt++)
        {
            if (Directory.Exists(folder) && Directory.GetFiles(folder).Sum(file => File.ReadAllText(file).Count(c => c == '\n')) >= lines)
            {
                return;
            }

            await Task.Delay(100);
        }
    }
}
