using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Commands;

/// <summary>SAML connections, domains and invitations from a shell.</summary>
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
        (await RunAsync(2, "tenant", "domain", "add", "acme", "gmail.com")).ShouldContain("AG5611");

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "idp.xml"), "<!DOCTYPE x><x/>", TestContext.Current.CancellationToken);
        (await RunAsync(2, "connection", "add", "saml", "okta", "--tenant", "acme", "--metadata-file", "idp.xml")).ShouldContain("AG5006");
        (await RunAsync(0, "connection", "add", "saml", "okta", "--tenant", "acme")).ShouldContain("/.authdog/saml/okta/acs?tenant=acme");
        (await RunAsync(1, "connection", "test", "okta", "--tenant", "acme")).ShouldContain("AG5701");
        (await RunAsync(0, "connection", "show", "okta", "--tenant", "acme")).ShouldContain("(kept encrypted)");

        (await RunAsync(0, "connection", "invite", "acme", "--connection", "okta")).ShouldContain("/.authdog/setup?connection=okta&invite=");
        (await RunAsync(2, "connection", "invite", "acme", "--lifetime", "60.00:00:00")).ShouldContain("AG5730");
        (await RunAsync(0, "connection", "invite", "acme", "--connection", "okta", "--revoke")).ShouldContain("over");
    }

    private async Task<string> RunAsync(int expected, params string[] arguments)
    {
        var (status, output, error) = await GatewayProcess.RunAsync(_folder.Path, arguments);
        status.ShouldBe(expected, output + error);
        error.ShouldNotContain("   at ");
        return output + error;
    }
}
