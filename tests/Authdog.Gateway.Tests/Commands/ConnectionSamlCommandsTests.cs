using Authdog.Gateway.Commands;

namespace Authdog.Gateway.Tests.Commands;

/// <summary>SAML connections, domains and set-up links from a shell.</summary>
public sealed class ConnectionSamlCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ConnectionIsMadeRefusedAndHandedOver_WhenTheFolderIsNew()
    {
        await RunAsync(0, "tenant", "add", "acme");
        var record = await RunAsync(0, "tenant", "domain", "add", "acme", "Acme.Example");
        record.ShouldContain("_authdog-challenge.acme.example.  TXT  \"authdog-domain-verification=");

        var hostile = _folder.Write("idp.xml", "<!DOCTYPE x><x/>");
        (await RunAsync(2, "connection", "add", "saml", "okta", "--tenant", "acme", "--metadata-file", hostile)).ShouldContain("AG5006");
        (await RunAsync(0, "connection", "add", "saml", "okta", "--tenant", "acme")).ShouldContain("/.authdog/saml/okta/acs?tenant=acme");
        (await RunAsync(0, "connection", "invite", "acme", "--connection", "okta")).ShouldContain("/.authdog/setup?connection=okta&invite=");

        (await RunAsync(0, "connection", "invite", "acme", "--connection", "entra", "--protocol", "oidc")).ShouldContain("/.authdog/setup?connection=entra&invite=");
        (await RunAsync(0, "connection", "invite", "acme", "--list")).ShouldMatch("(?s)entra +until .*nothing chosen yet.*okta +until ");
        (await RunAsync(0, "connection", "list", "--tenant", "acme")).ShouldMatch("(?s)entra +oidc +off.*okta +saml +on");

        (await RunAsync(2, "tenant", "domain", "set", "acme", "acme.example", "--join", "true", "--join-role", "nosuch")).ShouldContain("nosuch");
        (await RunAsync(0, "tenant", "domain", "set", "acme", "acme.example", "--join", "true", "--join-role", "")).ShouldContain("acme.example is changed: its people join by themselves.");
    }

    // In this process, since a new one for each takes seconds; what a process adds, others look at.
    private async Task<string> RunAsync(int expected, params string[] arguments)
    {
        await using StringWriter output = new(), error = new();
        string[] here = ["--config", _folder.Write("appsettings.json", "{}"), "--Gateway:DataPath=" + Path.Combine(_folder.Path, "data")];

        var status = await GatewayCommands.RunAsync([.. arguments, .. here], new GatewayParts(GatewayServices.AddAuthdogGateway, GatewayServices.UseAuthdogGateway), output, error);

        status.ShouldBe(expected, $"{output}{error}");
        error.ToString().ShouldNotContain("   at ");
        return $"{output}{error}";
    }
}
