using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Edge.Limits;

/// <summary>Sizes and counts of a request, byte for byte (B18).</summary>
[Trait("Threat", "B18")]
public sealed class SizeLimitsTests(LimitsFixture fixture) : IClassFixture<LimitsFixture>
{
    private readonly GatewayHost _gateway = fixture.Gateway;

    [Theory]
    [InlineData(8192, "200", "read 0")]
    [InlineData(8193, "414", "urn:authdog:problem:target-too-long")]
    [InlineData(8192 + 100, "414", "urn:authdog:problem:target-too-long")]
    [InlineData(500_000, "414", "urn:authdog:problem:target-too-long")]
    public async Task TargetIsBounded(int length, string status, string text) =>
        await AnswersAsync(RawClient.Get("/" + new string('a', length - 1)), status, text);

    [Theory]
    [InlineData(98, "200", "read 0")]
    [InlineData(99, "431", "urn:authdog:problem:headers-too-large")]
    [InlineData(5000, "431", "urn:authdog:problem:headers-too-large")]
    public async Task HeadersAreCounted_HostAndConnectionWithThem(int count, string status, string text) =>
        await AnswersAsync(RawClient.Get("/", [.. Enumerable.Range(0, count).Select(i => $"X-{i}: 1")]), status, text);

    [Theory]
    [InlineData(32_000, "200", "read 0")]
    [InlineData(33_000, "431", "urn:authdog:problem:headers-too-large")]
    [InlineData(2_000_000, "431", "urn:authdog:problem:headers-too-large")]
    public async Task HeadersAreMeasured(int size, string status, string text) =>
        await AnswersAsync(RawClient.Get("/", $"X-Big: {new string('a', size)}"), status, text);

    [Fact]
    public async Task AnswerArrives_WhenTheClientIsStillSending()
    {
        var request = RawClient.Get("/", $"X-Big: {new string('a', 2_000_000)}").ReplaceLineEndings("\r\n");
        for (var round = 0; round < 20; round++)
        {
            using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
            await client.SendAsync(request);
            (await client.ReadToEndAsync()).ShouldContain("urn:authdog:problem:headers-too-large");
        }
    }

    [Theory]
    [InlineData(100, 1, "200", "read 0")]
    [InlineData(101, 1, "431", "urn:authdog:problem:cookies-too-large")]
    [InlineData(4, 4000, "200", "read 0")]
    [InlineData(4, 4096, "431", "urn:authdog:problem:cookies-too-large")]
    public async Task CookiesAreCountedAndMeasured(int count, int size, string status, string text) =>
        await AnswersAsync(RawClient.Get("/", "Cookie: " + string.Join("; ", Cookies(count, size))), status, text);

    [Fact]
    public async Task CookiesAreCountedOverAllLines() =>
        await AnswersAsync(RawClient.Get("/", "Cookie: " + string.Join("; ", Cookies(60, 1)), "Cookie: " + string.Join("; ", Cookies(60, 1))), "431", "cookies-too-large");

    [Fact]
    public async Task BrowserWithTooManyCookies_GetsAPageThatSaysWhatToDo()
    {
        var answer = await AnswersAsync(RawClient.Get("/", "Accept: text/html", "Cookie: " + string.Join("; ", Cookies(101, 1))), "431", "Delete the cookies of this site");
        answer.ShouldContain("text/html");
    }

    [Theory]
    [InlineData("Content-Length: 1000\n\n", 1000, "200", "read 1000")]
    [InlineData("Content-Length: 1001\n\n", 1001, "413", "urn:authdog:problem:too-large")]
    [InlineData("Content-Length: 9223372036854775807\n\n", 0, "413", "urn:authdog:problem:too-large")]
    [InlineData("Transfer-Encoding: chunked\n\n3D4\n", 980, "200", "read 980")]
    [InlineData("Transfer-Encoding: chunked\n\n3E9\n", 1001, "413", "urn:authdog:problem:too-large")]
    public async Task BodyIsBoundedByItsRoute(string head, int size, string status, string text)
    {
        var end = head.StartsWith("Transfer", StringComparison.Ordinal) ? "\n0\n\n" : string.Empty;
        await AnswersAsync($"POST /small/x HTTP/1.1\nHost: localhost\nConnection: close\n{head}{new string('b', size)}{end}", status, text);
    }

    [Theory]
    [InlineData("1;{0}\r\na\r\n0\r\n\r\n", 5000, "413")]
    [InlineData("1\r\na\r\n0;{0}\r\n\r\n", 5000, "413")]
    [InlineData("1\r\na\r\n0\r\nX: {0}\r\n\r\n", 40_000, "4")]
    public async Task WhatIsAroundChunksIsBoundedToo(string body, int size, string status)
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync("POST /small/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + body.Replace("{0}", new string('a', size), StringComparison.Ordinal));
        (await client.ReadUntilAsync("\r\n\r\n")).ShouldStartWith($"HTTP/1.1 {status}");
    }

    [Fact]
    public async Task TrailersAreCounted()
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync($"POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n{string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: 1\r\n"))}\r\n");
        (await client.ReadUntilAsync("\r\n\r\n")).ShouldStartWith("HTTP/1.1 4");
    }

    [Fact]
    public async Task AppReceivesNothing_WhenTheBodySaysThatItIsTooLarge()
    {
        var before = fixture.Upstream.Requests;
        await AnswersAsync("POST /small/x HTTP/1.1\nHost: localhost\nConnection: close\nContent-Length: 100000\n\n", "413", "too-large");
        fixture.Upstream.Requests.ShouldBe(before);
    }

    [Fact]
    public async Task Http2_HasTheSameBounds()
    {
        using var tcp = await RawClient.ConnectAsync(_gateway.Http2Url.Port);
        using var client = await RawHttp2.StartAsync(tcp.Stream);
        client.ServerSettings[3].ShouldBe(100u);
        client.ServerSettings[6].ShouldBe(32u * 1024);
        (await client.GetStatusAsync("http", "localhost", "/" + new string('a', 8191))).ShouldBe(200);
        (await client.GetStatusAsync("http", "localhost", "/" + new string('a', 8192))).ShouldBe(414);
        (await client.GetStatusAsync("http", "localhost", "/", ("cookie", string.Join("; ", Cookies(101, 1))))).ShouldBe(431);

        // Each in a field of its own, as HTTP/2 allows.
        (await client.GetStatusAsync("http", "localhost", "/", [.. Cookies(90, 1).Select(cookie => ("cookie", cookie))])).ShouldBe(200);
        (await client.GetStatusAsync("http", "localhost", "/", ("cookie", string.Join("; ", Cookies(60, 1))), ("cookie", string.Join("; ", Cookies(60, 1))))).ShouldBe(431);
        (await client.GetStatusAsync("http", "localhost")).ShouldBe(200);
        (await client.GetStatusAsync("http", "localhost", "/", [.. Enumerable.Range(0, 200).Select(i => ($"x-{i}", "1"))])).ShouldBeOneOf(0, 431);
    }

    private static IEnumerable<string> Cookies(int count, int size) => Enumerable.Range(0, count).Select(i => $"c{i}={new string('v', size)}");

    private async Task<string> AnswersAsync(string request, string status, string text)
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        try
        {
            await client.SendAsync(request.ReplaceLineEndings("\r\n"));
        }
        catch (IOException)
        {
            // Refused before all of it was sent.
        }

        var answer = await client.ReadUntilAsync(text.Length > 0 ? text : "\r\n\r\n");
        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldContain(text);
        return answer;
    }
}
