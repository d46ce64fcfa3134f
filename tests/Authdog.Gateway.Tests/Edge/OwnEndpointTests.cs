using System.Net;
using System.Text.Json;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity.Passwords;
using Authdog.Identity.Redis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Authdog.Gateway.Tests.Edge;

/// <summary>What holds for everything that the gateway serves itself.</summary>
public sealed class OwnEndpointTests(OwnEndpointTests.Fixture fixture) : IClassFixture<OwnEndpointTests.Fixture>
{
    [Fact]
    [Trait("Threat", "B6")]
    public async Task ExceptionsAnswer500_WithIdThatTheLogHasAndNoDetail()
    {
        using var answer = await fixture.Gateway.GetAsync("/.authdog/test/bug", "Accept: application/json");
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldNotContain("secret");
        var id = JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
        fixture.Gateway.Logs.Lines.ShouldContain(line => line.Contains(id, StringComparison.Ordinal) && line.Contains("RequestFailed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/.authdog/test/busy")]
    [InlineData("/.authdog/test/store")]
    public async Task OutagesAnswer503_WithRetryAfter(string target)
    {
        using var answer = await fixture.Gateway.GetAsync(target, "Sec-Fetch-Mode: navigate");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task PagesHaveSecurityHeaders()
    {
        using var answer = await fixture.Gateway.GetAsync("/.authdog/test/page");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    [Trait("Threat", "B18")]
    public async Task LargeBodiesAreRefused()
    {
        using var answer = await fixture.Gateway.Client.PostAsync("/.authdog/test/form", new ByteArrayContent(new byte[300_000]));
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task AsksToSignIn_WhenAnOwnPageNeedsIt()
    {
        using var answer = await fixture.Gateway.GetAsync("/.authdog/test/account", "Sec-Fetch-Mode: navigate");
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldBe("/.authdog/login?return=%2F.authdog%2Ftest%2Faccount");
    }

    [Fact]
    public async Task HealthIsNotPublic()
    {
        foreach (var path in (string[])["/healthz", "/readyz", "/metrics"])
        {
            using var answer = await fixture.Gateway.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    [Trait("Threat", "B18")]
    public async Task HugeCookiesGetAClearAnswer()
    {
        var answer = await RawClient.AskAsync(fixture.Gateway.Url.Port, RawClient.Get("/.authdog/test/page", "Cookie: authdog=" + new string('a', 1_000_000)));
        answer.ShouldStartWith("HTTP/1.1 431");
    }

    [Theory]
    [InlineData("PUT", "/.authdog/test/page", "GET, HEAD")]
    [InlineData("POST", "/.well-known/authdog/jwks.json", "GET, HEAD")]
    [InlineData("GET", "/.authdog/test/form", "POST")]
    [InlineData("HEAD", "/.authdog/test/form", "POST")]
    [InlineData("OPTIONS", "/.authdog/test/both", "GET, HEAD, POST")]
    [InlineData("DELETE", "/.authdog/test/item/7", "GET, HEAD")]
    public async Task Answers405WithAllow_WhenTheMethodIsAnother(string method, string path, string allow)
    {
        foreach (var host in (string[])["localhost", "app.test"])
        {
            var answer = await RawClient.AskAsync(fixture.Gateway.Url.Port, $"{method} {path} HTTP/1.1\nHost: {host}\nContent-Length: 0\nConnection: close\n\n");
            answer.ShouldStartWith("HTTP/1.1 405 ");
            answer.ShouldContain($"\r\nAllow: {allow}\r\n");
            answer.ShouldContain("application/problem+json");
        }
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("HEAD")]
    [InlineData("GET")]
    public async Task Answers404_WhenThereIsNothingForAnyMethod(string method)
    {
        var answer = await RawClient.AskAsync(fixture.Gateway.Url.Port, $"{method} /.authdog/nothing HTTP/1.1\nHost: app.test\nContent-Length: 0\nConnection: close\n\n");
        answer.ShouldStartWith("HTTP/1.1 404 ");
    }

    [Theory]
    [InlineData("/.authdog/test/page", "text/plain")]
    [InlineData("/.well-known/authdog/jwks.json", "application/json")]
    public async Task HeadSaysWhatGetSays_WithoutABody(string path, string type)
    {
        foreach (var host in (string[])["localhost", "app.test"])
        {
            var answer = await RawClient.AskAsync(fixture.Gateway.Url.Port, $"HEAD {path} HTTP/1.1\nHost: {host}\nConnection: close\n\n");
            answer.ShouldStartWith("HTTP/1.1 200 ");
            answer.ShouldContain($"\r\nContent-Type: {type}");
            answer.ShouldEndWith("\r\n\r\n");
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal GatewayHost Gateway { get; private set; } = null!;

        // On one of its hosts an app takes every path.
        public async ValueTask InitializeAsync() => Gateway = await GatewayHost.StartAsync(new GatewayHostSettings
        {
            MapOwn = own =>
            {
                own.MapGet("/.authdog/test/bug", string () => throw new InvalidOperationException("secret detail"));
                own.MapGet("/.authdog/test/busy", string () => throw new HashingBusyException());
                own.MapGet("/.authdog/test/store", string () => throw new StoreUnavailableException("away"));
                own.MapGet("/.authdog/test/page", () => "page");
                own.MapGet("/.authdog/test/both", () => "get");
                own.MapPost("/.authdog/test/both", () => "post");
                own.MapGet("/.authdog/test/item/{id:int}", (int id) => id);
                own.MapGet("/.authdog/test/account", () => "account").RequireAuthorization();
                own.MapPost("/.authdog/test/form", async (HttpContext context) =>
                {
                    await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
                    return "read";
                });
            },
        }.PublicPolicy().Route("app", "/{**rest}", "open", "http://127.0.0.1:1", ("Match:Hosts:0", "app.test")));

        public ValueTask DisposeAsync() => Gateway.DisposeAsync();
    }
}
