using System.Text.Json;
using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Commands;

/// <summary>The record of security events, leaked passwords and disposable domains, from a shell.</summary>
public sealed class AuditCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EventsAreListedAndVerified_UntilSomebodyPutsAnotherRecordInTheirPlace()
    {
        await RunAsync(0, "user", "add", "ada@example.com", "--role", "admin");

        var events = (await RunAsync(0, "audit", "list", "--user", "ada@example.com")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        events.Select(line => line.GetProperty("event").GetString()).ShouldBe(["UserCreated", "RolesAdded"]);
        events.ShouldAllBe(line => line.GetProperty("source").GetString() == "command " + Environment.UserName);
        (await RunAsync(0, "audit", "list", "--event", "RolesAdded", "--newest", "--limit", "1")).ShouldContain("\"detail\":\"admin\"");
        (await RunAsync(2, "audit", "list", "--event", "NoSuchThing")).ShouldContain("NoSuchThing");

        var verdict = await RunAsync(0, "audit", "verify", "--tenant", "default");
        verdict.ShouldStartWith("default: intact, ");
        var head = verdict[(verdict.IndexOf("head ", StringComparison.Ordinal) + 5)..].Trim();

        foreach (var file in Directory.GetFiles(Path.Combine(_folder.Path, "data"), "directory.db*"))
        {
            File.Delete(file);
        }

        await RunAsync(0, "user", "add", "eve@example.com");
        (await RunAsync(0, "audit", "verify")).ShouldContain("default: intact");
        (await RunAsync(1, "audit", "verify", "--tenant", "default", "--head", head)).ShouldContain("BROKEN");
        (await RunAsync(2, "audit", "verify", "--head", head)).ShouldContain("--tenant");
        (await RunAsync(0, "audit", "resend")).ShouldContain("Nothing was set aside");
    }

    [Fact]
    public async Task FilterIsBuiltAndAsked_WithoutAnythingElse()
    {
        _folder.Write("list.txt", "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:3861493\n7C4A8D09CA3762AF61E59520943DC26494F8941B:20\n");

        (await RunAsync(0, "breach", "build", "list.txt", "--output", "leaked.filter")).ShouldContain("2 hashes in ");
        (await RunAsync(0, "breach", "check", "leaked.filter")).ShouldContain("Whole: 2 hashes");
        var (status, output, _) = await GatewayProcess.RunWithInputAsync(_folder.Path, "password\nnot in any list at all\n", "breach", "check", "leaked.filter", "--password");
        (status, output.ReplaceLineEndings("\n").Trim()).ShouldBe((1, "leaked\nnot in the filter"));
        (await RunAsync(2, "breach", "build", "absent.txt", "--output", "x")).ShouldContain("AG3606");
        (await RunAsync(2, "breach", "check", "list.txt")).ShouldContain("AG3601");
    }

    [Fact]
    public async Task ListOfDisposableDomainsIsReplaced_OrStays()
    {
        _folder.Write("domains.txt", "throwaway.example\n");
        (await RunAsync(0, "signup", "domains", "update", "domains.txt")).ShouldContain("1 disposable domains");
        _folder.Write("domains.txt", "no domain\n");
        (await RunAsync(2, "signup", "domains", "update", "domains.txt")).ShouldContain("domains.txt(1)");
        (await File.ReadAllTextAsync(Path.Combine(_folder.Path, "data", "disposable-domains.txt"), TestContext.Current.CancellationToken)).ShouldBe("throwaway.example\n");
    }

    private async Task<string> RunAsync(int expected, params string[] arguments)
    {
        var (status, output, error) = await GatewayProcess.RunAsync(_folder.Path, arguments);
        status.ShouldBe(expected, output + error);
        error.ShouldNotContain("   at ");
        return status == 0 ? output : output + error;
    }
}
