using System.Net;
using Authdog.Gateway.ForwardAuth;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.ForwardAuth;

/// <summary>Nobody answers the proxy's questions.</summary>
[Trait("Threat", "B6")]
public sealed class GatewayAwayTests
{
    [Fact]
    public async Task NginxDenies()
    {
        await using var host = new NginxHost();
        (await AskAsync(host)).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task CaddyDenies()
    {
        await using var host = new CaddyHost();
        (await AskAsync(host)).ShouldBe(HttpStatusCode.BadGateway);
    }

    private static async Task<HttpStatusCode> AskAsync(ProxyHost host)
    {
        await host.InitializeAsync();
        using var before = await host.Client.GetAsync("/public/");
        before.StatusCode.ShouldBe(HttpStatusCode.OK);
        host.App.TakeHead();
        await host.Gateway.Gateway.Services.GetRequiredService<ForwardAuthListener>().StopAsync(CancellationToken.None);
        using var answer = await host.Client.GetAsync("/public/");
        host.App.Heads.ShouldBeEmpty();
        return answer.StatusCode;
    }
}
