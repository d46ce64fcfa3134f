using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Edge;

/// <summary>A gateway behind a proxy that it knows.</summary>
[Trait("Threat", "B4")]
public sealed class TrustedProxyTests
{
    [Fact]
    public async Task ClientSchemeAndHostAreTheProxysWord_AndDecide()
    {
        using var upstream = new RawUpstream();
        await using var gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .Policy("inside", "  - { name: inside, effect: public, when: { all: [ { ip: 203.0.113.0/24 }, { host: app.example.com } ] } }")
            .Route("app", "/{**all}", "inside", upstream.Url)
            .Set("Gateway:TrustedProxies:0", "127.0.0.1"));

        var refused = await RawClient.AskAsync(gateway.Url.Port, RawClient.Get("/"));
        refused.ShouldStartWith("HTTP/1.1 403");
        var spoofed = await RawClient.AskAsync(gateway.Url.Port, RawClient.Get("/", "X-Forwarded-For: 203.0.113.9, 198.51.100.1", "X-Forwarded-Host: app.example.com"));
        spoofed.ShouldStartWith("HTTP/1.1 403");
        upstream.Heads.ShouldBeEmpty();

        var passed = await RawClient.AskAsync(
            gateway.Url.Port,
            RawClient.Get("/", "X-Forwarded-For: 6.6.6.6, 203.0.113.9", "X-Forwarded-Host: APP.example.com.", "X-Forwarded-Proto: https", "X-Forwarded-User: evil"));
        passed.ShouldStartWith("HTTP/1.1 200");
        var head = upstream.TakeHead();
        head.ShouldContain("X-Forwarded-For: 203.0.113.9\r\n");
        head.ShouldContain("X-Forwarded-Proto: https\r\n");
        head.ShouldContain("X-Forwarded-Host: app.example.com\r\n");
        head.ShouldNotContain("evil");
        head.ShouldNotContain("6.6.6.6");

        var conflict = await RawClient.AskAsync(
            gateway.Url.Port,
            RawClient.Get("/", "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Host: app.example.com", "Forwarded: for=203.0.113.9;host=other.example"));
        conflict.ShouldStartWith("HTTP/1.1 400");
        conflict.ShouldContain("urn:authdog:problem:forwarded");
        upstream.Heads.ShouldBeEmpty();
    }
}
