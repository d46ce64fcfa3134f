using System.Text.Json;
using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Commands;

/// <summary>Tenants from a shell.</summary>
public sealed class TenantCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TenantIsAddedShownChangedAndShut_WhenTheFolderIsNew()
    {
        (await RunAsync(0, "tenant", "add", "acme", "--name", "Acme", "--address", "acme.test", "--address", "/acme")).ShouldContain("Added acme.");
        (await RunAsync(1, "tenant", "add", "acme")).ShouldContain("already");
        (await RunAsync(0, "tenant", "set", "acme", "signup:enabled=false", "Login:Brand:ProductName=Acme & Sons", "Login:Brand:Languages=[\"de\"]")).ShouldContain("acme is changed.");
        (await RunAsync(2, "tenant", "set", "acme", "SignUp:Enabled=perhaps", "Login:Brand:ProductName=Never")).ShouldContain("AG3404 SignUp:Enabled is 'perhaps'.");
        (await RunAsync(0, "tenant", "set", "acme", "--unset", "Login:Brand:Languages")).ShouldContain("changed");
        var shown = JsonDocument.Parse(await RunAsync(0, "tenant", "show", "acme", "--json")).RootElement;
        (shown.GetProperty("name").GetString(), shown.GetProperty("state").GetString()).ShouldBe(("Acme", "active"));
        shown.GetProperty("addresses").EnumerateArray().Select(address => address.GetString()).ShouldBe(["/acme", "acme.test"]);
        shown.GetProperty("settings").GetRawText().ReplaceLineEndings(string.Empty).Replace(" ", string.Empty, StringComparison.Ordinal)
            .ShouldBe("{\"SignUp\":{\"Enabled\":\"false\"},\"Login\":{\"Brand\":{\"ProductName\":\"Acme\\u0026Sons\"}}}");
        (await RunAsync(0, "tenant", "delete", "acme")).ShouldContain("'tenant resume' brings it back");
        (await RunAsync(0, "tenant", "list")).ShouldMatch("acme +deleted +Acme");
    }

    [Fact]
    public async Task SaysNo_WhenThereIsNoSuchTenant()
    {
        (await RunAsync(1, "tenant", "show", "nobody")).ShouldContain("There is no tenant nobody.");
        (await RunAsync(2, "user", "show", "ada@example.com", "--tenant", "nobody")).ShouldContain("AG3411");
    }

    private async Task<string> RunAsync(int expected, params string[] arguments)
    {
        var (status, output, error) = await GatewayProcess.RunAsync(_folder.Path, arguments);
        status.ShouldBe(expected, output + error);
        error.ShouldNotContain("   at ");
        return output + error;
    }
}
