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
        Read(new HeaderDictionary { ["X-Forwarded-For"] = header })?.Address?.ToString().ShouldBe(address);

    [Fact]
    public void TakesSchemeAndHostOfNearestProxy_WhenClientAddedItsOwn()
    {
        var headers = new HeaderDictionary { ["X-Forwarded-For"] = "6.6.6.6, 203.0.113.9", ["X-Forwarded-Proto"] = "https, http", ["X-Forwarded-Host"] = "evil.example, app.example" };
        var client = Read(headers)!.Value;
        client.Scheme.ShouldBe("http");
        client.Host.ShouldBe("app.example");
    }

    [Theory]
    [InlineData("for=203.0.113.9;proto=https;host=app.example", "203.0.113.9", "https", "app.example")]
    [InlineData("for=6.6.6.6;host=evil.example, for=203.0.113.9;proto=https", "203.0.113.9", "https", null)]
    [InlineData("for=6.6.6.6;proto=http, for=203.0.113.9;proto=https;host=app.example, for=10.1.1.1;proto=http;host=inner", "203.0.113.9", "https", "app.example")]
    [InlineData("For=\"[2001:db8::1]:4711\" ; by=_x ; PROTO=HTTPS", "2001:db8::1", "https", null)]
    [InlineData("for=_hidden;proto=https", null, "https", null)]
    [InlineData("for=unknown", null, null, null)]
    [InlineData("for=203.0.113.9;host=\"app.example:8443\"", "203.0.113.9", null, "app.example:8443")]
    public void ReadsForwarded_ElementByElement(string header, string? address, string? scheme, string? host)
    {
        var client = Read(new HeaderDictionary { ["Forwarded"] = header })!.Value;
        client.Address?.ToString().ShouldBe(address);
        client.Scheme.ShouldBe(scheme);
        client.Host.ShouldBe(host);
    }

    [Theory]
    [InlineData("for")]
    [InlineData("for=")]
    [InlineData(",for=1.2.3.4")]
    [InlineData("for=1.2.3.4 evil")]
    [InlineData("for=\"1.2.3.4")]
    [InlineData("for=1.2.3.4;for=6.6.6.6")]
    [InlineData("for=1.2.3.4;proto=gopher")]
    [InlineData("for=\"1.2.3.4\\\"\"")]
    public void Refuses_WhenForwardedCannotBeRead(string header) => Read(new HeaderDictionary { ["Forwarded"] = header }).ShouldBeNull();

    [Theory]
    [InlineData("for=203.0.113.9;proto=https", "203.0.113.9", "https", true)]
    [InlineData("for=203.0.113.9;proto=https", "203.0.113.10", "https", false)]
    [InlineData("for=203.0.113.9;proto=https;host=evil.example", "203.0.113.9", "https", false)]
    [InlineData("for=203.0.113.9", "203.0.113.9", "https", false)]
    public void RefusesConflict_WhenBothFamiliesAreSent(string forwarded, string forwardedFor, string proto, bool accepted) =>
        (Read(new HeaderDictionary { ["Forwarded"] = forwarded, ["X-Forwarded-For"] = forwardedFor, ["X-Forwarded-Proto"] = proto }) is not null).ShouldBe(accepted);

    [Theory]
    [InlineData("203.0.113.9, 10.1.1.1", "https, https", true)]
    [InlineData("203.0.113.9, 10.1.1.1", "https", true)]
    [InlineData("203.0.113.9, 10.1.1.1", "https, http", false)]
    [InlineData("203.0.113.9, 10.1.1.1", "http, https, https", true)]
    [InlineData("203.0.113.9", "javascript", false)]
    public void RefusesScheme_WhenItCannotBeToldWhoseWordItIs(string forwardedFor, string proto, bool accepted) =>
        (Read(new HeaderDictionary { ["X-Forwarded-For"] = forwardedFor, ["X-Forwarded-Proto"] = proto }) is not null).ShouldBe(accepted);

    [Fact]
    public void ReadsManyHops_FromRightToLeft()
    {
        var hops = string.Join(", ", Enumerable.Range(1, 20).Select(hop => $"10.0.1.{hop}"));
        Read(new HeaderDictionary { ["X-Forwarded-For"] = $"6.6.6.6, 203.0.113.9, {hops}" })!.Value.Address!.ToString().ShouldBe("203.0.113.9");
    }

    [Fact]
    public void KnowsMappedAddresses_WhenServerListensOnBothFamilies() =>
        s_trusted.Contains(IPAddress.Parse("::ffff:10.0.0.1")).ShouldBeTrue();

    private static ForwardedClient? Read(HeaderDictionary headers) => ForwardedClient.TryRead(s_peer, headers, s_trusted, out var client) ? client : null;
}
