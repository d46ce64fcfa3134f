using Authdog.Gateway.Edge;
using Microsoft.AspNetCore.Http;

namespace Authdog.Gateway.Tests.Edge;

[Trait("Threat", "B3")]
public sealed class HostParserTests
{
    [Theory]
    [InlineData("app.example.com", "app.example.com", null)]
    [InlineData("APP.Example.com:8080", "app.example.com", 8080)]
    [InlineData("app.example.com.", "app.example.com", null)]
    [InlineData("127.0.0.1:80", "127.0.0.1", 80)]
    [InlineData("[::1]:80", "[::1]", 80)]
    [InlineData("bücher.example", "xn--bcher-kva.example", null)]
    [InlineData("XN--Bcher-KVA.example", "xn--bcher-kva.example", null)]
    [InlineData("[0:0:0:0:0:0:0:1]", "[::1]", null)]
    [InlineData("[2001:DB8::1]:443", "[2001:db8::1]", 443)]
    public void Normalises_WhenHostIsOne(string value, string host, int? port)
    {
        HostParser.TryParse(new HostString(value), out var read, out var readPort).ShouldBeTrue();
        read.ShouldBe(host);
        readPort.ShouldBe(port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a..b.")]
    [InlineData("a/b")]
    [InlineData("user@host")]
    [InlineData("[zz]")]
    [InlineData(".")]
    [InlineData("a:")]
    [InlineData("a:0")]
    [InlineData("a:x")]
    [InlineData("a:65536")]
    [InlineData("a:80:80")]
    [InlineData("[fe80::1%eth0]")]
    [InlineData("[::1")]
    [InlineData("a,b")]
    [InlineData("xn--admin-.example")]
    [InlineData("xn--a---.example:80")]
    [InlineData("XN--.example")]
    public void Refuses_WhenHostIsNone(string value) =>
        HostParser.TryParse(new HostString(value), out _, out _).ShouldBeFalse();
}
