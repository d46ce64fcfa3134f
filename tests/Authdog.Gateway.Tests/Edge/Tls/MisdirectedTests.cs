using System.Net.Security;
using System.Security.Authentication;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Edge.Tls;

/// <summary>One host for the connection and its requests (RFC 9110, 15.5.20; B3).</summary>
public sealed class MisdirectedTests(TlsFixture fixture) : IClassFixture<TlsFixture>
{
    private readonly TlsGateway _gateway = fixture.Gateway;

    [Theory]
    [Trait("Threat", "B3")]
    [InlineData("app.test", "app.test", "200")]
    [InlineData("app.test", "APP.test:443", "200")]
    [InlineData("app.test", "app.test.", "200")]
    [InlineData("app.test", "twin.test", "421")]
    [InlineData("app.test", "strict.test", "421")]
    [InlineData("app.test", "127.0.0.1", "421")]
    [InlineData("app.test", "app.test.evil.test", "421")]
    [InlineData(null, "127.0.0.1", "200")]
    [InlineData(null, "app.test", "200")]
    [InlineData(null, "shop.test", "421")]
    [InlineData(null, "partner.test", "421")]
    [InlineData(null, "strict.test", "421")]
    public async Task HostMustBeTheOneOfTheHandshake(string? sni, string host, string status)
    {
        using var client = await _gateway.ConnectAsync(sni);
        var before = _gateway.UpstreamRequests;
        var answer = await client.GetAsync(host);
        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        if (status == "421")
        {
            answer.ShouldContain("urn:authdog:problem:misdirected-request");
            _gateway.UpstreamRequests.ShouldBe(before);
        }
    }

    [Fact]
    [Trait("Threat", "B3")]
    public async Task ReusedHttp2Connection_ServesItsOwnHostAlone()
    {
        using var tls = await TlsClient.ConnectAsync(_gateway.Port, "app.test", null, SslProtocols.None, SslApplicationProtocol.Http2);
        using var client = await RawHttp2.StartAsync(tls.Stream);
        (await client.GetStatusAsync("https", "app.test")).ShouldBe(200);
        (await client.GetStatusAsync("https", "twin.test")).ShouldBe(421);
        (await client.GetStatusAsync("https", "strict.test")).ShouldBe(421);
        (await client.GetStatusAsync("https", "app.test")).ShouldBe(200);
    }

    [Fact]
    [Trait("Threat", "B4")]
    public async Task TrustedProxyNamesTheHost_AndItsOwnCertificateIsNotTheClients()
    {
        await using var gateway = await TlsGateway.StartAsync(settings => settings.Set("Gateway:TrustedProxies:0", "127.0.0.1"));
        using var certificate = gateway.Authority.Client("proxy");
        using var client = await TlsClient.ConnectAsync(gateway.Port, "partner.test", certificate);
        (await client.GetAsync("gateway.internal", "/", "X-Forwarded-For: 192.0.2.7", "X-Forwarded-Host: app.test", "X-Forwarded-Proto: https")).ShouldStartWith("HTTP/1.1 200");
        (await client.GetAsync("partner.test", "/.authdog/test/certificate", "X-Forwarded-For: 192.0.2.7")).ShouldContain("\r\nnone\r\n");
    }
}
