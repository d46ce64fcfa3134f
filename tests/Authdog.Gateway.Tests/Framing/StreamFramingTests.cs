using System.Net;
using System.Net.WebSockets;
using System.Text;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Framing;

/// <summary>Requests over HTTP/2, frame by frame: nothing that only HTTP/2 can say becomes something else over HTTP/1.1.</summary>
[Trait("Threat", "B19")]
public sealed class StreamFramingTests : IClassFixture<FramingFixture>
{
    private const string ProtocolError = "1";
    private readonly WireUpstream _upstream;
    private readonly GatewayHost _gateway;

    public StreamFramingTests(FramingFixture fixture)
    {
        (_upstream, _gateway) = (fixture.Upstream, fixture.Gateway);
        _upstream.Reset();
    }

    [Theory]
    [InlineData(":method", "POST")]
    [InlineData(":scheme", "https")]
    [InlineData(":authority", "evil")]
    [InlineData(":path", "/b")]
    [InlineData(":foo", "b")]
    [InlineData(":status", "200")]
    [InlineData(":protocol", "websocket")]
    [InlineData("connection", "keep-alive")]
    [InlineData("keep-alive", "timeout=5")]
    [InlineData("proxy-connection", "keep-alive")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("upgrade", "h2c")]
    [InlineData("upgrade", "websocket")]
    [InlineData("te", "gzip")]
    [InlineData("te", "trailers, gzip")]
    [InlineData("x-a", "b\r\nX-B: c")]
    [InlineData("x-a", "b\rc")]
    [InlineData("x-a", "b\nc")]
    [InlineData("x-a", "b\0c")]
    [InlineData("x-a", " b")]
    [InlineData("x-a", "b\t")]
    [InlineData("X-A", "b")]
    [InlineData("x a", "b")]
    [InlineData("x-a:b", "c")]
    [InlineData("x-a\r\nb", "c")]
    [InlineData("", "c")]
    [InlineData("x-\u00e9", "c")]
    [InlineData("content-length", "5")]
    public Task RequestIsRefused_WhenAFieldIsAdded(string name, string value) => RefusedAsync([.. FrameClient.Get("/a"), (name, value)]);

    [Theory]
    [InlineData(":path", "")]
    [InlineData(":path", "a")]
    [InlineData(":path", "*")]
    [InlineData(":path", "http://localhost/a")]
    [InlineData(":path", "/a b")]
    [InlineData(":path", "/a HTTP/1.1\r\nX: y")]
    [InlineData(":path", "/a#b")]
    [InlineData(":path", "/a\tb")]
    [InlineData(":path", "/a\0b")]
    [InlineData(":path", "/a\u00e9")]
    [InlineData(":path", null)]
    [InlineData(":method", "GET /x HTTP/1.1")]
    [InlineData(":method", "GET\r\nX: y")]
    [InlineData(":method", "get")]
    [InlineData(":method", "TRACE")]
    [InlineData(":method", "CONNECT")]
    [InlineData(":method", "")]
    [InlineData(":method", null)]
    [InlineData(":scheme", "https")]
    [InlineData(":scheme", "ftp")]
    [InlineData(":scheme", "http://evil/?")]
    [InlineData(":scheme", "http\r\nx: y")]
    [InlineData(":scheme", null)]
    [InlineData(":authority", "a@localhost")]
    [InlineData(":authority", "localhost/x")]
    [InlineData(":authority", "localhost\r\nx: y")]
    [InlineData(":authority", "local\0host")]
    [InlineData(":authority", "")]
    [InlineData(":authority", null)]
    public Task RequestIsRefused_WhenAPseudoHeaderIsOdd(string name, string? value) => RefusedAsync(
        [.. FrameClient.Get("/a").Where(field => field.Name != name || value is not null).Select(field => field.Name == name ? (name, value!) : field)]);

    [Fact]
    public async Task RequestIsRefused_WhenAPseudoHeaderComesLate()
    {
        var fields = FrameClient.Get("/a");
        await RefusedAsync([.. fields[..3], ("x-a", "b"), fields[3]]);
    }

    [Theory]
    [InlineData("evil")]
    [InlineData("localhost:81")]
    public async Task OnlyTheAuthorityCounts_WhenAHostComesToo(string host)
    {
        using var client = await FrameClient.ConnectAsync(_gateway.Http2Url.Port);
        var outcome = await client.AskAsync(FrameClient.Get("/a", ("host", host)));
        if (outcome == "200")
        {
            _upstream.Take().Header("Host").ShouldBe("localhost");
        }
        else
        {
            _upstream.Heads.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("5", "12345", "5", "12345")]
    [InlineData(null, "12345", null, "5\r\n12345\r\n0\r\n\r\n")]
    public async Task BodyKeepsItsFraming(string? length, string body, string? arrives, string bytes)
    {
        using var client = await FrameClient.ConnectAsync(_gateway.Http2Url.Port);
        (await client.AskAsync(Post(length), body)).ShouldBe("200");
        var received = _upstream.Take();
        received.Header("Content-Length").ShouldBe(arrives);
        received.Body.ShouldBe(bytes);
    }

    [Theory]
    [InlineData("9", "12345")]
    [InlineData("3", "12345")]
    [InlineData("5,5", "12345")]
    [InlineData("-1", "12345")]
    [InlineData("0x5", "12345")]
    [InlineData("+5", "12345")]
    public async Task RequestNeverEndsAtTheApp_WhenItsLengthIsNotThatOfItsData(string length, string body)
    {
        using var client = await FrameClient.ConnectAsync(_gateway.Http2Url.Port);
        (await client.AskAsync(Post(length), body)).ShouldNotBe("200");
        _upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task RequestInsideABody_StaysABody_WhenLengthAndDataDiffer()
    {
        const string Smuggled = "GET /members/secret HTTP/1.1\r\nHost: localhost\r\n\r\n";
        using var client = await FrameClient.ConnectAsync(_gateway.Http2Url.Port);
        (await client.AskAsync(Post("0"), Smuggled)).ShouldNotBe("200");
        (await client.AskAsync(Post(null), $"0\r\n\r\n{Smuggled}")).ShouldNotBe("404");
        _upstream.Heads.ShouldAllBe(head => !head.StartsWith("GET /members", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("connect-udp")]
    [InlineData("")]
    public Task TunnelIsRefused_WhenItIsNoWebSocket(string protocol) =>
        RefusedAsync([(":method", "CONNECT"), .. FrameClient.Get("/a")[1..], (":protocol", protocol)]);

    [Fact]
    public async Task WebSocketOverHttp2IsJudgedAsTheGetThatItIs()
    {
        // What is closed to GET is closed to CONNECT, and what is open to it is open.
        (await ConnectAsync("/writers/socket")).ShouldBe("401");
        _upstream.Heads.ShouldBeEmpty();
        (await ConnectAsync("/readers/socket")).ShouldBe("502");
        _upstream.Heads.ShouldHaveSingleItem().ShouldStartWith("GET /readers/socket HTTP/1.1\r\n");
    }

    [Fact]
    public async Task CookiesArriveInOneField()
    {
        using var client = await FrameClient.ConnectAsync(_gateway.Http2Url.Port);
        (await client.AskAsync(FrameClient.Get("/a", ("cookie", "a=1"), ("cookie", "authdog=x"), ("cookie", "b=2")))).ShouldBe("200");
        _upstream.Take().Header("Cookie").ShouldBe("a=1; b=2");
    }

    private static (string Name, string Value)[] Post(string? length) =>
        [(":method", "POST"), .. FrameClient.Get("/a")[1..], .. length is null ? [] : new[] { ("content-length", length) }];

    private async Task<string> ConnectAsync(string path)
    {
        // The upstream answers 200, as an app does that has no WebSocket there.
        using var client = await FrameClient.ConnectAsync(_gateway.Http2Url.Port);
        return await client.AskAsync([(":method", "CONNECT"), .. FrameClient.Get(path)[1..], (":protocol", "websocket"), ("sec-websocket-version", "13")], string.Empty);
    }

    private async Task RefusedAsync((string Name, string Value)[] fields)
    {
        using var client = await FrameClient.ConnectAsync(_gateway.Http2Url.Port);
        var outcome = await client.AskAsync(fields);

        // A connection that is closed at once can be reset before its GOAWAY is read: that is a refusal, too.
        outcome.ShouldBeOneOf("400", $"RST {ProtocolError}", $"GOAWAY {ProtocolError}", "GOAWAY 9", "closed");
        _upstream.Heads.ShouldBeEmpty();
    }
}
