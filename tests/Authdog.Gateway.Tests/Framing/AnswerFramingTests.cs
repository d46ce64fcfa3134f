using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Framing;

/// <summary>Answers of an app, byte by byte: one answer to one request, and nothing of it to the next client.</summary>
[Trait("Threat", "B19")]
public sealed class AnswerFramingTests : IClassFixture<FramingFixture>
{
    private const string Evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
    private const string Ok = "HTTP/1.1 200 OK\r\n";
    private readonly WireUpstream _upstream;
    private readonly GatewayHost _gateway;

    public AnswerFramingTests(FramingFixture fixture)
    {
        (_upstream, _gateway) = (fixture.Upstream, fixture.Gateway);
        _upstream.Reset();
    }

    [Theory]
    [InlineData(Ok + "Content-Length: 2\r\n\r\nok" + Evil, "Content-Length: 2", "ok")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n" + Evil, "Transfer-Encoding: chunked", "2\r\nok\r\n0\r\n\r\n")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nX-Authdog-User: evil\r\nSet-Cookie: authdog=evil\r\n\r\n", "Transfer-Encoding: chunked", "2\r\nok\r\n0\r\n\r\n")]
    [InlineData(Ok + "Content-Length: 90\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n" + Evil, "Transfer-Encoding: chunked", "2\r\nok\r\n0\r\n\r\n")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n2\r\nok\r\n0\r\n\r\n" + Evil, "Transfer-Encoding: chunked", "2\r\nok\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n" + Evil, "204", "")]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", "204", "")]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok", "204", "")]
    [InlineData("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n" + Evil, "304", "")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nX-Authdog-User: evil\r\n\r\n" + Ok + "Content-Length: 2\r\n\r\nok" + Evil, "Content-Length: 2", "ok")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n" + Ok + "Content-Length: 2\r\n\r\nok" + Evil, "Content-Length: 2", "ok")]
    [InlineData(Ok + "Content-Length: 2\r\nX-A: b\r\r\n\r\nok" + Evil, "Content-Length: 2", "ok")]
    [InlineData(Ok + "X-A: b\rX-B: c\0d\r\nContent-Length: 2\r\n\r\nok" + Evil, "X-A: b X-B: c d\r\n", "ok")]
    [InlineData(Ok + "X-A: b\r\n c\r\nContent-Length: 2\r\n\r\nok" + Evil, "Content-Length: 2", "ok")]
    public async Task AnswerArrivesWithItsFraming_AndNothingOfItGoesToAnotherClient(string answer, string has, string body)
    {
        var (first, _) = await AskAsync(answer);
        first.ShouldContain(has);
        first.ShouldNotContain("evil");
        first.Split("\r\n\r\n", 2)[1].ShouldBe(body);
    }

    [Theory]
    [InlineData(Ok + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData(Ok + "Content-Length: 2\r\nContent-Length: 44\r\n\r\nok" + Evil)]
    [InlineData(Ok + "Content-Length: 44\r\nContent-Length: 2\r\n\r\nok" + Evil)]
    [InlineData(Ok + "Content-Length: 2, 2\r\n\r\nok")]
    [InlineData(Ok + "Content-Length: +2\r\n\r\nok")]
    [InlineData(Ok + "Content-Length: -2\r\n\r\nok")]
    [InlineData(Ok + "Content-Length: 2x\r\n\r\nok")]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\n+2\r\nok\r\n0\r\n\r\n" + Evil)]
    [InlineData(Ok + "X A: b\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData(Ok + "X-A: b\u0001c\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 O\rK\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 099 X\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("garbage\r\n\r\n" + Evil)]
    [InlineData("\r\n\r\n" + Evil)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n" + Evil)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n" + Evil)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\n\r\n" + Evil)]
    public async Task AnswerIsRefused_WhenItsMeaningIsInDoubt(string answer)
    {
        var (first, _) = await AskAsync(answer);
        first.ShouldStartWith("HTTP/1.1 502");
        first.ShouldContain("urn:authdog:problem:upstream-failed");
        first.ShouldNotContain("evil");
    }

    [Fact]
    public async Task LengthOfAHeadAnswerIsKept_AndNoBodyOfItGoesToAnotherClient()
    {
        _upstream.Answer = request => request.Line.StartsWith("HEAD", StringComparison.Ordinal) ? Ok + $"Content-Length: {Evil.Length}\r\n\r\n{Evil}" : WireUpstream.Ok;
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync("HEAD /a HTTP/1.1\r\nHost: localhost\r\n\r\nGET /b HTTP/1.1\r\nHost: localhost\r\n\r\n");
        (await client.ReadAnswerAsync(hasBody: false))!.ShouldContain($"Content-Length: {Evil.Length}\r\n");
        (await client.ReadAnswerAsync())!.ShouldEndWith("\r\n\r\nok");
    }

    [Theory]
    [InlineData("h2c")]
    [InlineData("h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")]
    [InlineData("websocket, h2c")]
    [InlineData("websocket\r\nUpgrade: h2c")]
    [InlineData("SPDY/3.1")]
    [InlineData("TLS/1.0")]
    public async Task OnlyWebSocketIsAskedOfTheApp_AndAskedWithGet(string upgrade)
    {
        // Not refused: a client must live with an upgrade that is not taken, and some ask with every first request.
        var request = $"GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: {upgrade}\r\n\r\n";
        (await AskAsync(WireUpstream.Ok, request)).First.ShouldStartWith("HTTP/1.1 200");
        _upstream.Requests.TryDequeue(out var received).ShouldBeTrue();
        received!.Head.ShouldNotContain("Upgrade");
        received.Head.ShouldNotContain("HTTP2-Settings");

        // And an app that switches all the same makes no tunnel.
        (await AskAsync($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: {upgrade}\r\n\r\n{Evil}", request)).First.ShouldStartWith("HTTP/1.1 502");
    }

    [Theory]
    [InlineData("POST", "Content-Length: 0\r\n")]
    [InlineData("DELETE", "")]
    public async Task MethodStaysWhatWasJudged_WhenWebSocketIsAskedFor(string method, string headers)
    {
        var request = $"{method} /writers/a HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n{headers}\r\n";
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync(request);
        await client.ReadAnswerAsync();
        _upstream.Heads.ShouldAllBe(head => head.StartsWith($"POST ", StringComparison.Ordinal) && !head.Contains("Upgrade", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatFollowsARefusedUpgrade_IsJudgedAsARequest()
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync(Upgrade + "GET /members/secret HTTP/1.1\r\nHost: localhost\r\n\r\n");
        (await client.ReadAnswerAsync())!.ShouldEndWith("\r\n\r\nok");
        (await client.ReadAnswerAsync())!.ShouldStartWith("HTTP/1.1 401");
        _upstream.Take().Header("Upgrade").ShouldBe("websocket");
    }

    [Fact]
    public async Task UpgradedConnectionIsNeverUsedAgain()
    {
        _upstream.Answer = request => request.Header("Upgrade") is null ? WireUpstream.Ok : "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
        using (var client = await RawClient.ConnectAsync(_gateway.Url.Port))
        {
            await client.SendAsync(Upgrade);
            (await client.ReadUntilAsync("\r\n\r\n")).ShouldStartWith("HTTP/1.1 101");

            // In the tunnel bytes are bytes; the upstream of this test reads them as a request and answers it.
            await client.SendAsync("GET /tunnel HTTP/1.1\r\nHost: x\r\n\r\n");
            (await client.ReadUntilAsync("ok")).ShouldEndWith("ok");
        }

        var tunnel = _upstream.Requests.Last();
        tunnel.Line.ShouldBe("GET /tunnel HTTP/1.1");
        for (var i = 0; i < 3; i++)
        {
            await AskAsync(WireUpstream.Ok);
        }

        _upstream.Requests.Where(request => request.Connection == tunnel.Connection).Select(request => request.Line).ShouldBe(["GET /socket HTTP/1.1", "GET /tunnel HTTP/1.1"]);
    }

    private const string Upgrade = "GET /socket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

    // The first client is answered with these bytes; after it, it and another one ask again.
    private async Task<(string First, string Second)> AskAsync(string answer, string request = "GET /first HTTP/1.1\r\nHost: localhost\r\n\r\n")
    {
        var bare = answer.StartsWith("HTTP/1.1 304", StringComparison.Ordinal);
        var line = request.Split("\r\n")[0];
        _upstream.Answer = received => received.Line == line ? answer : WireUpstream.Ok;
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync(request);
        var first = (await client.ReadAnswerAsync(hasBody: !bare))!;
        using var other = await RawClient.ConnectAsync(_gateway.Url.Port);
        await other.SendAsync("GET /other HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var second = (await other.ReadAnswerAsync())!;
        second.ShouldEndWith("\r\n\r\nok");
        return (first, second);
    }
}
