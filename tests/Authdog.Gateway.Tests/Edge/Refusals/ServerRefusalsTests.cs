using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Authdog.Gateway.Tests.Edge.Limits;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Edge.Refusals;

/// <summary>What the server refuses by itself is answered like every refusal of the gateway: with a reason, and an id that the log has too.</summary>
[Trait("Threat", "B18")]
public sealed partial class ServerRefusalsTests(LimitsFixture fixture) : IClassFixture<LimitsFixture>
{
    private readonly GatewayHost _gateway = fixture.Gateway;

    public static TheoryData<string, int, string> Requests => new()
    {
        { "garbage\r\n\r\n", 400, "malformed-request" },
        { "GET / HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n", 400, "malformed-request" },
        { "GET / HTTP/1.1\r\n\r\n", 400, "malformed-request" },
        { "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "malformed-request" },
        { "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", 400, "malformed-request" },
        { "GET / HTTP/1.2\r\nHost: localhost\r\n\r\n", 505, "http-version" },
        { "OPTIONS / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", 408, "request-timeout" },
        { "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n", 405, "method-not-allowed" },
        { $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414, "target-too-long" },
        { $"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('a', 40_000)}\r\n\r\n", 431, "headers-too-large" },
        { $"GET / HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, 101).Select(i => $"X-{i}: 1\r\n"))}\r\n", 431, "headers-too-large" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task AnswersWithReasonAndIdThatTheLogHas_WhenTheServerRefuses(string request, int status, string code)
    {
        var (head, body) = await AskAsync(request);
        head.ShouldStartWith($"HTTP/1.1 {status} ");
        head.ShouldContain("\r\nConnection: close");
        head.ShouldContain("\r\nContent-Type: application/problem+json");
        head.ShouldContain("\r\nX-Content-Type-Options: nosniff");
        var problem = JsonDocument.Parse(body).RootElement;
        problem.GetProperty("type").GetString().ShouldBe($"urn:authdog:problem:{code}");
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        var id = problem.GetProperty("id").GetString()!;
        _gateway.Logs.Lines.ShouldContain(line => line.Contains("RefusedByServer", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal) && line.Contains("127.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PersonReadsAPage_InTheLanguageThatTheBrowserAsksFor()
    {
        var (head, body) = await AskAsync($"GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Language: de\r\nX: {new string('a', 40_000)}\r\n\r\n");
        head.ShouldContain("\r\nContent-Type: text/html");
        head.ShouldContain("\r\nContent-Security-Policy: default-src 'none'");
        body.ShouldContain("<html lang=\"de\">");
        body.ShouldContain("Ihr Browser hat zu viel gesendet");
    }

    [Fact]
    public async Task HeadOfARefusalHasNoBody_WhenTheMethodIsHead()
    {
        var (head, body) = await AskAsync("HEAD / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n");
        head.ShouldStartWith("HTTP/1.1 400 ");
        head.ShouldContain("application/problem+json");
        body.ShouldBeEmpty();
    }

    [Fact]
    public async Task AnswerBeforeARefusalIsWhole_WhenRequestsArePipelined()
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\nGET /b HTTP/1.1\r\nHost: localhost\r\n\r\ngarbage\r\n\r\n");
        (await client.ReadAnswerAsync())!.ShouldContain("read 0");
        (await client.ReadAnswerAsync())!.ShouldContain("read 0");
        (await client.ReadAnswerAsync())!.ShouldContain("malformed-request");
        (await client.ReadAnswerAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task NothingOfTheRequestIsInTheAnswer()
    {
        var (head, body) = await AskAsync("GET /<script> HTTP/1.1\r\nHost: localhost\r\nContent-Length: <script>\r\nAccept: text/html\r\n\r\n");
        (head + body).ShouldNotContain("<script>");
    }

    private async Task<(string Head, string Body)> AskAsync(string request)
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync(request);
        var answer = await client.ReadToEndAsync();
        var parts = answer.Split("\r\n\r\n", 2);
        parts.Length.ShouldBe(2, answer);
        var length = int.Parse(Length().Match(parts[0]).Groups[1].Value, CultureInfo.InvariantCulture);
        (parts[1].Length is 0 || parts[1].Length == length).ShouldBeTrue(answer);
        return (parts[0], System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(parts[1])));
    }

    [GeneratedRegex("\r\nContent-Length: ([0-9]+)\r\n")]
    private static partial Regex Length();
}
