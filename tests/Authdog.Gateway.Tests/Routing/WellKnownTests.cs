using System.Net;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Authdog.Gateway.Tests.Routing;

/// <summary>The places under <c>/.well-known/</c> that the gateway answers are answered before any upstream route; the others are the app's.</summary>
public sealed class WellKnownTests(WellKnownTests.Fixture fixture) : IClassFixture<WellKnownTests.Fixture>
{
    [Theory]
    [InlineData("/.well-known/change-password", HttpStatusCode.Found)]
    [InlineData("/.well-known/passkey-endpoints", HttpStatusCode.OK)]
    public async Task GatewayAnswers_WhenItHasSomethingToSay(string path, HttpStatusCode status)
    {
        using var answer = await fixture.Gateway.Client.GetAsync(path);

        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("the app");
    }

    [Theory]
    [InlineData("/.well-known/webauthn")] // There are no related origins.
    [InlineData("/.well-known/other")]
    [InlineData("/.well-known/passkey-endpoints/more")]
    public async Task AppAnswers_WhenTheGatewayHasNothingToSay(string path)
    {
        using var answer = await fixture.Gateway.Client.GetAsync(path);

        (await answer.Content.ReadAsStringAsync()).ShouldBe("the app");
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private Upstream _upstream = null!;

        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _upstream = await Upstream.StartAsync(app => app.MapFallback(context => context.Response.WriteAsync("the app")));
            Gateway = await GatewayHost.StartAsync(new GatewayHostSettings { MapOwn = own => own.MapAuthdogIdentity() }
                .Policy("open", "  - { name: all, effect: public }")
                .Route("all", "/{**all}", "open", _upstream.Url));
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await _upstream.DisposeAsync();
        }
    }
}
