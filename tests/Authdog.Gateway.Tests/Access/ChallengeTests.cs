using Authdog.Gateway.Access;
using Authdog.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Access;

/// <summary>Whoever is not allowed gets an answer, and the app gets nothing: not the head, not a byte of the body, not an upgrade.</summary>
public sealed class ChallengeTests(ChallengeTests.Fixture fixture) : IClassFixture<ChallengeTests.Fixture>
{
    private const string Body = "Content-Length: 6\nContent-Type: text/plain\n\nsecret";
    private const string Chunks = "Transfer-Encoding: chunked\n\n6\nsecret\n0\n\n";
    private const string WebSocket = "Upgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n";

    [Theory]
    [Trait("Threat", "B17")]
    [InlineData("GET", "Sec-Fetch-Mode: navigate\n\n", "302")]
    [InlineData("GET", "Accept: application/json\n\n", "401")]
    [InlineData("HEAD", "Accept: text/html\n\n", "302")]
    [InlineData("OPTIONS", "Origin: https://evil.example\nAccess-Control-Request-Method: GET\n\n", "401")]
    [InlineData("POST", "Sec-Fetch-Mode: navigate\n" + Body, "302")]
    [InlineData("POST", "Accept: */*\n" + Chunks, "401")]
    [InlineData("PUT", "Expect: 100-continue\n" + Body, "401")]
    [InlineData("TRACE", "\n", "400")]
    [InlineData("GET", "Connection: Upgrade\n" + WebSocket, "401")]
    [InlineData("GET", "Range: bytes=0-1\nIf-None-Match: *\n\n", "401")]
    [InlineData("POST", "Content-Type: application/grpc\n" + Chunks, "200")]
    public async Task AppReceivesNothing_WhenNobodyIsSignedIn(string method, string rest, string status)
    {
        var answer = await AskAsync("/members/x", method, rest);
        answer.ShouldStartWith($"HTTP/1.1 {status}");
        answer.ShouldContain("Cache-Control: no-store");
        answer.ShouldNotContain("\r\n\r\nok");
        fixture.Upstream.Heads.ShouldBeEmpty();
    }

    [Theory]
    [Trait("Threat", "B6")]
    [InlineData("/unsure/x")]
    [InlineData("/broken/x")]
    public async Task AppReceivesNothing_WhenAnswerIsUnknown(string target)
    {
        (await AskAsync(target, "GET", "X-Forwarded-For: unknown\n\n")).ShouldNotStartWith("HTTP/1.1 200");
        (await AskAsync(target, "POST", "X-Forwarded-For: unknown\n" + Body)).ShouldNotStartWith("HTTP/1.1 200");
        fixture.Upstream.Heads.ShouldBeEmpty();
    }

    [Theory]
    [Trait("Threat", "B7")]
    [InlineData("/members/healthz", "User-Agent: GoogleHC/1.0")]
    [InlineData("/members/ping", "User-Agent: kube-probe/1.30")]
    [InlineData("/members/x", "User-Agent: ELB-HealthChecker/2.0")]
    [InlineData("/members/x", "X-Authdog-Bypass: true")]
    [InlineData("/members/x", "X-Forwarded-For: 127.0.0.1")]
    [InlineData("/members/x", "X-Original-URL: /open/x")]
    [InlineData("/members/x", "X-Health-Check: 1")]
    [InlineData("/members/x", "Purpose: prefetch")]
    [InlineData("/members/x", "X-Middleware-Subrequest: middleware")]
    public async Task NoMagicHeaderOpensADoor(string target, string header)
    {
        (await AskAsync(target, "GET", header + "\n\n")).ShouldStartWith("HTTP/1.1 401");
        fixture.Upstream.Heads.ShouldBeEmpty();
    }

    [Theory]
    [Trait("Threat", "B7")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task HealthIsNotOnThePublicListener(string target)
    {
        (await AskAsync(target, "GET", "\n")).ShouldStartWith("HTTP/1.1 404");
        fixture.Upstream.Heads.ShouldBeEmpty();
    }

    private async Task<string> AskAsync(string target, string method, string rest)
    {
        fixture.Upstream.Heads.Clear();
        using var client = await RawClient.ConnectAsync(fixture.Gateway.Url.Port);
        var connection = rest.Contains("Connection:", StringComparison.Ordinal) ? string.Empty : "Connection: close\n";
        await client.SendAsync($"{method} {target} HTTP/1.1\nHost: localhost\n{connection}{rest}".ReplaceLineEndings("\r\n"));
        return connection.Length > 0 ? await client.ReadToEndAsync() : await client.ReadUntilAsync("\r\n\r\n");
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal RawUpstream Upstream { get; } = new();

        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var settings = new GatewayHostSettings()
                .SignedInPolicy()
                .PublicPolicy("broken")
                // Nobody can say whether an address that is not known is in the range.
                .Policy("unsure", "  - { name: outsiders, effect: deny, when: { not: { ip: 127.0.0.0/8 } } }\n  - { name: everybody, effect: public }")
                .Route("members", "/members/{**all}", "members", Upstream.Url)
                .Route("unsure", "/unsure/{**all}", "unsure", Upstream.Url)
                .Route("broken", "/broken/{**all}", "broken", Upstream.Url)
                .Set("Gateway:TrustedProxies:0", "127.0.0.1");
            settings.Configure = services => services.AddSingleton<IAuthorizationHandler, Failing>();
            Gateway = await GatewayHost.StartAsync(settings);
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            Upstream.Dispose();
        }
    }

    /// <summary>Fails for one policy, after the gateway's own handler has allowed the request.</summary>
    private sealed class Failing : AuthorizationHandler<AccessRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement) =>
            requirement.Policy == "broken" ? throw new InvalidOperationException("The policy engine has a bug.") : Task.CompletedTask;
    }
}
