using System.Net;
using Authdog.Gateway.Edge;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Tests.Edge;

[Trait("Threat", "B4")]
public sealed class ForwardedClientTests
{
    private static readonly TrustedProxies s_trusted = new(Options.Create(new GatewayOptions { TrustedProxies = ["10.0.0.0/8", "::1"] }));
    private static readonly IPAddress s_peer = IPAddress.Parse("10.0.0.1");

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("6.6.6.6, 203.0.113.9", "203.0.113.9")]
    [InlineData("6.6.6.6, 203.0.113.9, 10.1.1.1", "203.0.113.9")]
    [InlineData("10.2.2.2, 10.1.1.1", "10.2.2.2")]
    [InlineData("[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("203.0.113.9:80", "203.0.113.9")]
    [InlineData("6.6.6.6, unknown", null)]
    [InlineData("6.6.6.6, 1", null)]
    [InlineData("", "10.0.0.1")]
    public void ReadsFromRightToLeft_WhenPeerIsTrusted(string header, string? address) =>
        ForwardedClient.Read(s_peer, new HeaderDictionary { ["X-Forwarded-For"] = header }, s_trusted).Address?.ToString().ShouldBe(address);

    [Fact]
    public void TakesSchemeAndHostOfNearestProxy_WhenClientAddedItsOwn()
    {
        var headers = new HeaderDictionary { ["X-Forwarded-For"] = "6.6.6.6, 203.0.113.9", ["X-Forwarded-Proto"] = "https, http", ["X-Forwarded-Host"] = "evil.example, app.example" };
        var client = ForwardedClient.Read(s_peer, headers, s_trusted);
        client.Scheme.ShouldBe("http");
        client.Host.ShouldBe("app.example");
    }

    [Fact]
    public void KnowsMappedAddresses_WhenServerListensOnBothFamilies() =>
        s_trusted.Contains(IPAddress.Parse("::ffff:10.0.0.1")).ShouldBeTrue();
}
