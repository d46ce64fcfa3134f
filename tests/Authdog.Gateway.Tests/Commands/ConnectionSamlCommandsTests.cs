using Authdog.TestKit;

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

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "idp.xml"), "<!DOCTYPE x><x/>", TestContext.Current.CancellationToken);
        (await RunAsync(2, "connection", "add", "saml", "okta", "--tenant", "acme", "--metadata-file", "idp.xml")).ShouldContain("AG5006");
        (await RunAsync(0, "connection", "add", "saml", "okta", "--tenant", "acme")).ShouldContain("/.authdog/saml/okta/acs?tenant=acme");
        (await RunAsync(0, "connection", "invite", "acme", "--connection", "entra", "--protocol", "oidc")).ShouldContain("/.authdog/setup?connection=entra&invite=");
        (await RunAsync(0, "connection", "invite", "acme", "--list")).ShouldMatch("entra +until .*nothing chosen yet");
        (await RunAsync(0, "tenant", "domain", "set", "acme", "acme.example", "--join", "true", "--join-role", "")).ShouldContain("acme.example is changed: its people join by themselves.");
    }

    private async Task<string> RunAsync(int expected, params string[] arguments)
    {
        var (status, output, error) = await GatewayProcess.RunAsync(_folder.Path, arguments);
        status.ShouldBe(expected, output + error);
        error.ShouldNotContain("   at ");
        return output + error;
    }
}
