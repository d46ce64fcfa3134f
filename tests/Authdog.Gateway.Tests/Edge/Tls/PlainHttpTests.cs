using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Edge.Tls;

/// <summary>What plain HTTP gets beside TLS, and HSTS.</summary>
public sealed class PlainHttpTests(TlsFixture fixture) : IClassFixture<TlsFixture>
{
    private const string Browser = "Accept: text/html";
    private readonly TlsGateway _gateway = fixture.Gateway;

    [Theory]
    [InlineData("app.test", "/a%41?b=c")]
    [InlineData("shop.test:80", "/")]
    [InlineData("ONE.wild.test.", "/.authdog/login")]
    public async Task BrowsersAreSentToHttps_ForHostsWithACertificate(string host, string target)
    {
        var answer = await AskAsync("GET", host, target, Browser);
        answer.ShouldStartWith("HTTP/1.1 301");
        answer.ShouldContain($"Location: https://{host.Split(':')[0].TrimEnd('.').ToLowerInvariant()}:{_gateway.Port}{target}\r\n");
        answer.ShouldNotContain("Strict-Transport-Security");
    }

    [Theory]
    [Trait("Threat", "B8")]
    [InlineData("evil.test")]
    [InlineData("app.test.evil.test")]
    [InlineData("wild.test")]
    [InlineData("127.0.0.1")]
    public async Task NobodyIsSentToHostsThatOnlyTheClientNames(string host)
    {
        var answer = await AskAsync("GET", host, "/", Browser);
        answer.ShouldStartWith("HTTP/1.1 403");
        answer.ShouldNotContain("\nLocation:");
    }

    [Theory]
    [InlineData("POST", Browser)]
    [InlineData("PUT", "Accept: */*")]
    [InlineData("GET", "Accept: application/json")]
    [InlineData("GET", "Sec-Fetch-Mode: cors")]
    public async Task ProgramsAndFormsAreRefused_AndTheAppGetsNothing(string method, string header)
    {
        var before = _gateway.UpstreamRequests;
        var answer = await AskAsync(method, "app.test", "/", header);
        answer.ShouldStartWith("HTTP/1.1 403");
        (answer.Contains("https-required", StringComparison.Ordinal) || answer.Contains("HTTPS required", StringComparison.Ordinal)).ShouldBeTrue(answer);
        answer.ShouldNotContain("\nLocation:");
        _gateway.UpstreamRequests.ShouldBe(before);
    }

    [Fact]
    public async Task PublicUrlIsWhereBrowsersGo_AndPlainHttpCanBeAllowed()
    {
        await using var gateway = await TlsGateway.StartAsync(settings => settings.Set("Gateway:PublicUrl", "https://app.test:8443"));
        (await RawClient.AskAsync(gateway.PlainPort, $"GET /x HTTP/1.1\nHost: app.test\nConnection: close\n{Browser}\n\n")).ShouldContain("Location: https://app.test:8443/x\r\n");
        await using var both = await TlsGateway.StartAsync(settings => settings.Set("Gateway:Tls:RedirectHttp", "false"));
        (await RawClient.AskAsync(both.PlainPort, RawClient.Get("/x"))).ShouldContain("app:http");
    }

    [Theory]
    [InlineData("app.test", "/", "Strict-Transport-Security: max-age=31536000\r\n")]
    [InlineData("app.test", "/own-hsts", "Strict-Transport-Security: max-age=7\r\n")]
    [InlineData("app.test", "/.authdog/nothing", "Strict-Transport-Security: max-age=31536000\r\n")]
    [InlineData("127.0.0.1", "/", null)]
    public async Task HstsIsOnEveryAnswerOverTls(string host, string target, string? header)
    {
        using var client = await _gateway.ConnectAsync(host == "127.0.0.1" ? null : host);
        var answer = await client.GetAsync(host, target);
        answer.Split("Strict-Transport-Security").Length.ShouldBe(header is null ? 1 : 2, answer);
        if (header is not null)
        {
            answer.ShouldContain(header);
        }
    }

    private Task<string> AskAsync(string method, string host, string target, string header) =>
        RawClient.AskAsync(_gateway.PlainPort, $"{method} {target} HTTP/1.1\nHost: {host}\nConnection: close\nContent-Length: 0\n{header}\n\n");
}
