using System.Net;
using System.Text.Json;
using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Commands;

/// <summary>The process as an operator sees it.</summary>
public sealed class ServeTests : IDisposable
{
    private static readonly HttpClient s_client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task SaysWhereToGoAndRunsTheDemo_WhenNothingIsConfigured()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);

        gateway.Output.ShouldContain($"Open      {gateway.Url}");
        gateway.Output.ShouldContain("./data/outbox");
        gateway.Output.ShouldContain("--upstream http://localhost:3000");
        gateway.Output.ShouldContain("user add YOU@EXAMPLE.COM --role admin");
        gateway.Output.Split('\n').Length.ShouldBeLessThan(12);
        gateway.Error.ShouldBeEmpty();

        (await StatusAsync(gateway, "/")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(gateway, "/about")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(gateway, "/headers")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(gateway, "/assets/papertrail.css")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(gateway, "/members/")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(gateway, "/admin/")).ShouldBe(HttpStatusCode.Unauthorized);

        (await gateway.StopAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task SaysWhatToDo_WhenAProxyThatEndsTlsIsNotTrusted()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--Gateway:PublicUrl=https://app.example.com");

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Url + "/.authdog/login"));
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await s_client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("https://");
        gateway.Output.ShouldContain("Gateway:TrustedProxies");
    }

    [Fact]
    [Trait("Threat", "B16")]
    public async Task LogsNoSecretOfALink_WhenEverythingIsLogged()
    {
        const string Secret = "2eyx5NR79-Mprgqh0y-F2PhHbXZ53sdv2cWGsuTv8FM";
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", "--Logging:Console:LogLevel:Default=Trace");

        await StatusAsync(gateway, "/.authdog/recover?token=" + Secret);
        await StatusAsync(gateway, "/.authdog/verify-email?token=" + Secret);

        await gateway.StopAsync();
        gateway.Output.ShouldContain("/.authdog/recover");
        gateway.Output.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task ServesHealthOnTheManagementListenerOnly_WhenRunning()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);

        using var ready = JsonDocument.Parse(await s_client.GetStringAsync(new Uri(gateway.ManagementUrl + "/readyz")));
        ready.RootElement.GetProperty("status").GetString().ShouldBe("ready");
        (await s_client.GetStringAsync(new Uri(gateway.ManagementUrl + "/healthz"))).ShouldBe("alive\n");
        (await StatusAsync(gateway, "/")).ShouldBe(HttpStatusCode.OK);
        (await s_client.GetStringAsync(new Uri(gateway.ManagementUrl + "/metrics"))).ShouldContain("authdog_access_decisions_total");
        foreach (var path in new[] { "/healthz", "/readyz", "/metrics" })
        {
            using var answer = await s_client.GetAsync(new Uri(gateway.Url + path));
            answer.IsSuccessStatusCode.ShouldBeFalse();
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("\"checks\"");
        }

        (await GatewayProcess.RunAsync(_folder.Path, "health", $"--Gateway:ManagementUrl={gateway.ManagementUrl}")).ExitStatus.ShouldBe(0);
    }

    [Fact]
    public async Task SaysDegradedAndKeepsTheLastGoodPolicies_WhenAChangeHasMistakes()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);
        _folder.Write("data/policies/demo-public.yaml", "policy: demo-public\nrules: nonsense\n");

        await gateway.WaitForAsync(async () => (await s_client.GetStringAsync(new Uri(gateway.ManagementUrl + "/readyz"))).Contains("\"degraded\"", StringComparison.Ordinal));

        (await s_client.GetStringAsync(new Uri(gateway.ManagementUrl + "/readyz"))).ShouldContain("demo-public.yaml");
        (await StatusAsync(gateway, "/")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task PutsAnAppBehindIt_WhenUpstreamIsGivenWithoutAnythingElse()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path, "--upstream", "http://localhost:1");

        gateway.Output.ShouldNotContain("demo");
        (await StatusAsync(gateway, "/")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(gateway, "/any/thing")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task KnowsWhatAnotherProcessAdds_WhenUserAddRunsBesideIt()
    {
        await using var gateway = await GatewayProcess.StartAsync(_folder.Path);

        var added = await GatewayProcess.RunAsync(_folder.Path, "user", "add", "ada@example.com", "--name", "Ada", "--role", "admin");
        var again = await GatewayProcess.RunAsync(_folder.Path, "user", "add", "ada@example.com", "--role", "admin", "--role", "owner");
        var shown = await GatewayProcess.RunAsync(_folder.Path, "user", "show", "ada@example.com");
        var absent = await GatewayProcess.RunAsync(_folder.Path, "user", "show", "bob@example.com");

        added.ExitStatus.ShouldBe(0, added.Error);
        added.Output.ShouldContain("Added ada@example.com with the role admin.");
        again.Output.ShouldContain("now has the role owner too");
        shown.Output.ShouldContain("admin, owner");
        absent.ExitStatus.ShouldBe(1);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<HttpStatusCode> StatusAsync(GatewayProcess gateway, string path)
    {
        using var answer = await s_client.GetAsync(new Uri(gateway.Url + path));
        return answer.StatusCode;
    }
}
