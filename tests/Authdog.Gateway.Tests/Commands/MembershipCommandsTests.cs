using System.Text.Json;
using System.Text.RegularExpressions;
using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Commands;

/// <summary>Invitations, keys of the management API and imports, from a shell.</summary>
public sealed partial class MembershipCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task InvitationIsMailedListedAndTakenBack_WhenTheFolderIsNew()
    {
        (await RunAsync(2, "invitation", "add", "ada@example.com", "--role", "editor")).ShouldContain("There is no role editor.");
        await RunAsync(0, "role", "set", "editor");
        (await RunAsync(0, "invitation", "add", "ada@example.com", "--role", "editor", "--days", "3")).ShouldContain("Invited ada@example.com; the link works until");
        var mail = Directory.GetFiles(Path.Combine(_folder.Path, "data", "outbox"), "*.eml").ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(mail, TestContext.Current.CancellationToken)).ShouldContain("/.authdog/invitation?token=");
        (await RunAsync(0, "invitation", "list")).ShouldMatch("ada@example.com +pending +until .*roles: editor");
        (await RunAsync(0, "invitation", "revoke", "ada@example.com")).ShouldContain("works no more");
    }

    [Fact]
    public async Task KeyIsShownOnce_WhenItIsMade()
    {
        (await RunAsync(2, "api-key", "add", "x", "--scope", "users:read")).ShouldContain("either --tenant ID or --global");
        var key = Key().Match(await RunAsync(0, "api-key", "add", "provisioning", "--global", "--scope", "users:read", "--scope", "users:write"));
        key.Success.ShouldBeTrue();
        var listed = await RunAsync(0, "api-key", "list", "--json");
        listed.ShouldNotContain(key.Groups[2].Value);
        JsonDocument.Parse(listed).RootElement[0].GetProperty("id").GetString().ShouldBe(key.Groups[1].Value);
        (await RunAsync(0, "api-key", "revoke", key.Groups[1].Value)).ShouldContain("works no more");
    }

    [Fact]
    public async Task AllIsImportedOrNothing_WhenALineIsWrongOrNone()
    {
        var file = Path.Combine(_folder.Path, "users.csv");
        await File.WriteAllTextAsync(file, "email,password_hash\nada@example.com,\ngrace@example,secret\n", TestContext.Current.CancellationToken);
        (await RunAsync(2, "user", "import", file)).ShouldSatisfyAllConditions(
            said => said.ShouldContain("users.csv(3): 'grace@example' is no e-mail address."),
            said => said.ShouldContain("users.csv(3): The password hash is none that is known here"),
            said => said.ShouldContain("2 mistakes; nothing was written."));
        await File.WriteAllTextAsync(file, "email\nada@example.com\n", TestContext.Current.CancellationToken);

        (await RunAsync(0, "user", "import", file, "--dry-run")).ShouldContain("1 users could be imported");
        (await RunAsync(0, "user", "import", file)).ShouldContain("Imported 1 users.");
    }

    private async Task<string> RunAsync(int expected, params string[] arguments)
    {
        var (status, output, error) = await GatewayProcess.RunAsync(_folder.Path, arguments);
        status.ShouldBe(expected, output + error);
        error.ShouldNotContain("   at ");
        return output + error;
    }

    [GeneratedRegex("adk_([0-9a-f]{20})_([A-Za-z0-9_-]{43})")]
    private static partial Regex Key();
}
