using System.Text.Json;
using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Commands;

public sealed class ConnectionCommandsTests
{
    [Fact]
    public async Task WorksOnConnections_WhenRunFromAShell()
    {
        using var folder = new TemporaryFolder();

        var added = await GatewayProcess.RunWithInputAsync(folder.Path, "a secret\n", "connection", "add", "oidc", "okta", "--issuer", "https://login.example.invalid", "--client-id", "abc", "--client-secret-stdin", "--title", "Okta");
        added.ExitStatus.ShouldBe(0, added.Error);
        added.Output.ShouldContain("/.authdog/oidc/okta/callback");

        var shown = await GatewayProcess.RunAsync(folder.Path, "connection", "show", "okta", "--json");
        var json = JsonDocument.Parse(shown.Output).RootElement;
        json.GetProperty("title").GetString().ShouldBe("Okta");
        json.GetProperty("settings").GetProperty("clientSecret").GetString().ShouldBe("(kept encrypted)");
        json.GetProperty("addresses").GetProperty("backchannel_logout_uri").GetString()!.ShouldEndWith("/.authdog/oidc/okta/backchannel-logout");

        var wrong = await GatewayProcess.RunAsync(folder.Path, "connection", "set", "okta", "--setting", "algorithms=[\"HS256\"]");
        wrong.ExitStatus.ShouldBe(2);
        wrong.Error.ShouldContain("AG5324");

        var tested = await GatewayProcess.RunAsync(folder.Path, "connection", "test", "okta");
        tested.ExitStatus.ShouldBe(1);
        tested.Output.ShouldContain("FAIL discovery");
        tested.Output.ShouldNotContain("discovery: discovery");

        (await GatewayProcess.RunAsync(folder.Path, "connection", "delete", "okta")).ExitStatus.ShouldBe(0);
        (await GatewayProcess.RunAsync(folder.Path, "connection", "show", "okta")).ExitStatus.ShouldBe(1);
    }
}
