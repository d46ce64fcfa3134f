using Authdog.Gateway.Tests.Framing;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Edge;

/// <summary>Whom a request is for, byte for byte: what could be read as another host is refused (B3).</summary>
[Trait("Threat", "B3")]
public sealed class AuthorityTests : IClassFixture<FramingFixture>
{
    private readonly WireUpstream _upstream;
    private readonly GatewayHost _gateway;

    public AuthorityTests(FramingFixture fixture)
    {
        (_upstream, _gateway) = (fixture.Upstream, fixture.Gateway);
        _upstream.Reset();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("localhost..")]
    [InlineData(".localhost")]
    [InlineData("local..host")]
    [InlineData("localhost:")]
    [InlineData("localhost:0")]
    [InlineData("localhost:65536")]
    [InlineData("localhost:+80")]
    [InlineData("localhost:-80")]
    [InlineData("localhost: 80")]
    [InlineData("localhost :80")]
    [InlineData("localhost:80:80")]
    [InlineData("localhost:http")]
    [InlineData("localhost, evil")]
    [InlineData("localhost evil")]
    [InlineData("localhost/evil")]
    [InlineData("localhost\\evil")]
    [InlineData("localhost?evil")]
    [InlineData("localhost#evil")]
    [InlineData("evil@localhost")]
    [InlineData("local%68ost")]
    [InlineData("localhost%00.evil")]
    [InlineData("local\thost")]
    [InlineData("[::1")]
    [InlineData("::1")]
    [InlineData("[::1%25lo]")]
    [InlineData("[fe80::1%eth0]:80")]
    [InlineData("[::1]evil")]
    [InlineData("[v1.evil]")]
    [InlineData("[localhost]")]
    public async Task RequestIsRefused_WhenItsHostIsNone(string host)
    {
        (await AskAsync($"GET /a HTTP/1.1\r\nHost: {host}\r\n\r\n")).ShouldStartWith("HTTP/1.1 400 ");
        _upstream.Heads.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://evil@localhost/a")]
    [InlineData("http://localhost@evil/a")]
    [InlineData("http://localhost:@evil/a")]
    [InlineData("http://evil/a")]
    [InlineData("http://localhost:81/a")]
    [InlineData("http://localhost\\@evil/a")]
    [InlineData("http:///a")]
    [InlineData("http:/localhost/a")]
    [InlineData("http:localhost/a")]
    [InlineData("http://local%68ost/a")]
    [InlineData("https://localhost/a")]
    [InlineData("ws://localhost/a")]
    [InlineData("ftp://localhost/a")]
    [InlineData("file:///a")]
    [InlineData("//localhost/a")]
    [InlineData("localhost/a")]
    [InlineData("http://localhost/a#b")]
    [InlineData("http://localhost#/a")]
    public async Task RequestIsRefused_WhenItsTargetNamesAnotherPlace(string target)
    {
        (await AskAsync($"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n")).ShouldStartWith("HTTP/1.1 400 ");
        _upstream.Heads.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("LOCALHOST.", "localhost")]
    [InlineData("localhost:00080", "localhost:80")]
    [InlineData("[0:0::0:1]:8080", "[::1]:8080")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    public async Task HostArrivesInItsOneForm(string host, string arrives)
    {
        (await AskAsync($"GET /a HTTP/1.1\r\nHost: {host}\r\n\r\n")).ShouldStartWith("HTTP/1.1 200 ");
        _upstream.Take().Header("Host").ShouldBe(arrives);
    }

    // The server drops a "host" beside ":authority", as RFC 9113, section 8.3.1, has it: the app gets what was judged, and no trace of the other.
    [Theory]
    [InlineData("evil")]
    [InlineData("localhost:81")]
    [InlineData("evil@localhost")]
    [InlineData("")]
    public async Task OnlyTheAuthorityArrives_WhenAHostComesBesideIt(string host)
    {
        foreach (var fields in new[]
        {
            FrameClient.Get("/a", ("host", host)),
            FrameClient.Get("/a", ("host", host), ("host", "localhost")),
            FrameClient.Get("/a", ("host", "localhost"), ("host", host)),
        })
        {
            using var client = await FrameClient.ConnectAsync(_gateway.Http2Url.Port);
            var outcome = await client.AskAsync(fields);
            outcome.ShouldBeOneOf("200", "400", "RST 1", "GOAWAY 1");
            foreach (var head in _upstream.Heads)
            {
                head.Split("\r\n").Where(line => line.StartsWith("host:", StringComparison.OrdinalIgnoreCase)).ShouldBe(["Host: localhost"]);
                head.ShouldNotContain("evil");
                head.ShouldNotContain(":81");
            }
        }
    }

    private async Task<string> AskAsync(string request)
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync(request);
        return await client.ReadUntilAsync("\r\n\r\n");
    }
}
