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
    public void Refuses_WhenHostIsNone(string value) =>
        HostParser.TryParse(new HostString(value), out _, out _).ShouldBeFalse();
}
