using System.Net;
using Authdog.Gateway.Diagnostics;
using Authdog.Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Access;

/// <summary>The session store cannot be reached, and no snapshot knows the cookie: never access.</summary>
[Trait("Threat", "B6")]
public sealed class StoreAwayTests(StoreAwayTests.Fixture fixture) : IClassFixture<StoreAwayTests.Fixture>
{
    private const string Cookie = "Cookie: authdog=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Theory]
    [InlineData("Sec-Fetch-Mode: navigate", "text/html")]
    [InlineData("Accept: application/json", "application/problem+json")]
    public async Task Answers503WithRetryAfter_WhenItIsUnknownWhoAsks(string header, string contentType)
    {
        fixture.Upstream.Heads.Clear();
        using var answer = await fixture.Gateway.GetAsync("/app/x", header, Cookie);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldNotBeNull();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(contentType);
        fixture.Upstream.Heads.ShouldBeEmpty();
        fixture.Gateway.Logs.Lines.ShouldContain(line => line.Contains("AccessUnknown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OffersABrowserToSignInAnew_AndProgramsNothing()
    {
        using var page = await fixture.Gateway.GetAsync("/app/x?y=1&z=2", "Sec-Fetch-Mode: navigate", Cookie);
        (await page.Content.ReadAsStringAsync()).ShouldContain("href=\"/.authdog/login?return=%2Fapp%2Fx%3Fy%3D1%26z%3D2\"");
        using var problem = await fixture.Gateway.GetAsync("/app/x", "Accept: application/json", Cookie);
        (await problem.Content.ReadAsStringAsync()).ShouldNotContain("login");
    }

    [Fact]
    public async Task StaysReady_WhenSignInsGoOnWithoutIt()
    {
        var report = await fixture.Gateway.Services.GetRequiredService<Readiness>().CheckAsync(CancellationToken.None);

        report.Status.ShouldBe("degraded");
        report.Checks["store"].Status.ShouldBe("degraded");
        report.Checks["database"].Status.ShouldBe("ok");
    }

    [Fact]
    public async Task PublicRoutesGoOn()
    {
        using var answer = await fixture.Gateway.GetAsync("/open/x", Cookie);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        fixture.Upstream.TakeHead().ShouldNotContain("authdog=");
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal RawUpstream Upstream { get; } = new();

        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .PublicPolicy()
            .SignedInPolicy()
            .Route("open", "/open/{**all}", "open", Upstream.Url)
            .Route("app", "/app/{**all}", "members", Upstream.Url)
            .Set("Redis:ConnectionString", "127.0.0.1:1"));

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            Upstream.Dispose();
        }
    }
}
