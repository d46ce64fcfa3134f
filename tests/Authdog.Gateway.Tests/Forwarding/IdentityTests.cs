using System.Net;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity.Keys;
using Authdog.Identity.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authdog.Gateway.Tests.Forwarding;

/// <summary>What an app behind the gateway reads about who asks, as raw bytes.</summary>
public sealed class IdentityTests : IClassFixture<IdentityTests.Fixture>
{
    private readonly RawUpstream _upstream;
    private readonly GatewayHost _gateway;

    public IdentityTests(Fixture fixture)
    {
        (_upstream, _gateway) = (fixture.Upstream, fixture.Gateway);
        _upstream.Heads.Clear();
        _upstream.AnswerHeaders = string.Empty;
    }

    [Fact]
    public async Task AppGetsAssertionAndPlainHeaders_ThatAgree()
    {
        var (cookie, session) = await _gateway.SignInAsync("ada@example.com", "Ada Löw", "admin", "staff");
        var head = await HeadAsync("/app/x", $"Cookie: a=1; {cookie}; b=2");
        head["X-Authdog-User"].ShouldBe(session.User.ToString());
        head["X-Authdog-Email"].ShouldBe("ada@example.com");
        head["X-Authdog-Name"].ShouldBe("Ada L%C3%B6w");
        head["X-Authdog-Tenant"].ShouldBe("default");
        head["X-Authdog-Roles"].ShouldBe("admin,staff");
        head["Cookie"].ShouldBe("a=1; b=2");

        var keys = new JsonWebKeySet(await _gateway.Client.GetStringAsync("/.well-known/authdog/jwks.json"));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(head["X-Authdog-Assertion"], new TokenValidationParameters
        {
            ValidIssuer = _gateway.Url.GetLeftPart(UriPartial.Authority),
            ValidAudience = "app",
            ValidTypes = ["authdog-assertion+jwt"],
            ValidAlgorithms = ["ES256"],
            IssuerSigningKeys = keys.GetSigningKeys(),
        });
        result.Exception.ShouldBeNull();
        var assertion = (JsonWebToken)result.SecurityToken;
        assertion.Subject.ShouldBe(session.User.ToString());
        assertion.GetPayloadValue<string>("name").ShouldBe("Ada Löw");
        assertion.GetPayloadValue<string>("sid").ShouldBe(session.Id.Value);
        (assertion.ValidTo - assertion.ValidFrom).ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task AssertionIsReused_BetweenRequests()
    {
        var (cookie, _) = await _gateway.SignInAsync();
        var first = (await HeadAsync("/app/1", $"Cookie: {cookie}"))["X-Authdog-Assertion"];
        (await HeadAsync("/app/2", $"Cookie: {cookie}"))["X-Authdog-Assertion"].ShouldBe(first);
    }

    [Fact]
    [Trait("Threat", "B11")]
    public async Task AssertionFollowsTheDirectory_WhenRolesChange()
    {
        var (cookie, session) = await _gateway.SignInAsync(roles: "staff");
        (await HeadAsync("/app/1", $"Cookie: {cookie}"))["X-Authdog-Roles"].ShouldBe("staff");
        var profile = new SessionProfile(session.Email, session.EmailVerified, session.Name, ["admin"]);
        await _gateway.Services.GetRequiredService<SessionStore>().UpdateProfileAsync(session.Tenant, session.User, profile, CancellationToken.None);
        var head = await HeadAsync("/app/2", $"Cookie: {cookie}");
        head["X-Authdog-Roles"].ShouldBe("admin");
        new JsonWebToken(head["X-Authdog-Assertion"]).GetPayloadValue<string[]>("roles").ShouldBe(["admin"]);
    }

    [Fact]
    public async Task NoVerifierFails_WhileKeysRotate()
    {
        var (cookie, _) = await _gateway.SignInAsync();
        var before = (await HeadAsync("/app/1", $"Cookie: {cookie}"))["X-Authdog-Assertion"];
        var announced = await _gateway.Services.GetRequiredService<SigningKeyRing>().RotateAsync(SigningKeyRing.AssertionPurpose, CancellationToken.None);
        var published = new JsonWebKeySet(await _gateway.Client.GetStringAsync("/.well-known/authdog/jwks.json")).Keys.Select(key => key.Kid).ToArray();
        published.ShouldContain(announced.Kid);
        published.ShouldContain(new JsonWebToken(before).Kid);
        var after = (await HeadAsync("/app/2", $"Cookie: {cookie}"))["X-Authdog-Assertion"];
        new JsonWebToken(after).Kid.ShouldBe(new JsonWebToken(before).Kid, "a key that was only announced must not sign yet");
    }

    [Fact]
    public async Task NamesAndAudienceAreTheRoutes_WhenItSaysSo()
    {
        var (cookie, _) = await _gateway.SignInAsync();
        var head = await HeadAsync("/wiki/x", $"Cookie: {cookie}", "Remote-User: evil", "REMOTE_USER: evil", "X-Webauth-Name: evil");
        head["Remote-User"].ShouldBe("ada@example.com");
        head["X-WEBAUTH-NAME"].ShouldBe("Ada");
        head.ContainsKey("X-Authdog-Email").ShouldBeFalse();
        new JsonWebToken(head["X-Authdog-Assertion"]).Audiences.ShouldBe(["the-wiki"]);
        head.Values.ShouldNotContain("evil");
    }

    [Theory]
    [Trait("Threat", "B5")]
    [InlineData("/app/x")]
    [InlineData("/open/x")]
    [InlineData("/maybe/x")]
    public async Task ConfiguredNamesAreStripped_OnEveryOtherRouteToo(string target)
    {
        var (cookie, _) = await _gateway.SignInAsync();
        var head = await HeadAsync(target, $"Cookie: {cookie}", "Remote-User: evil", "remote_user: evil", "X-Authdog-Roles: evil", "Connection: X-Authdog-User");
        head.Values.ShouldNotContain("evil");
    }

    [Fact]
    public async Task NothingIsSaid_OnPublicRoutes()
    {
        var (cookie, _) = await _gateway.SignInAsync();
        var head = await HeadAsync("/open/x", $"Cookie: {cookie}");
        head.Keys.ShouldNotContain(name => name.StartsWith("X-Authdog", StringComparison.OrdinalIgnoreCase));
        head.ContainsKey("Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task IdentityIsSaidWhenThereIsOne_OnOptionalRoutes()
    {
        var (cookie, _) = await _gateway.SignInAsync();
        (await HeadAsync("/maybe/x", $"Cookie: {cookie}")).ContainsKey("X-Authdog-Assertion").ShouldBeTrue();
        (await HeadAsync("/maybe/x")).ContainsKey("X-Authdog-Assertion").ShouldBeFalse();
    }

    [Fact]
    [Trait("Threat", "I13")]
    public async Task NamesCannotInjectHeaders()
    {
        var (cookie, _) = await _gateway.SignInAsync(name: "x\r\nX-Evil: 1\n\n", roles: ["a\rb"]);
        var head = await HeadAsync("/app/x", $"Cookie: {cookie}");
        head.ContainsKey("X-Evil").ShouldBeFalse();
        head["X-Authdog-Name"].ShouldBe("x%0D%0AX-Evil: 1%0A%0A");
        head["X-Authdog-Roles"].ShouldBe("a%0Db");
    }

    [Fact]
    [Trait("Threat", "B16")]
    public async Task AppCannotSetTheGatewaysCookiesOrSpeakInItsName()
    {
        _upstream.AnswerHeaders = "Set-Cookie: authdog=evil\r\nSet-Cookie: own=1; Path=/\r\nSet-Cookie: __Host-authdog-login=evil\r\nSet-Cookie: =authdog=evil\r\nX-Authdog-User: evil\r\nX_Authdog_User: evil\r\n";
        using var answer = await _gateway.GetAsync("/open/x");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Set-Cookie").ShouldBe(["own=1; Path=/"]);
        answer.Headers.ToString().ShouldNotContain("evil");
    }

    [Fact]
    public async Task ProblemIsAnswered_WhenTheAppIsNotThere()
    {
        using var program = await _gateway.GetAsync("/dead/x", "Accept: application/json");
        program.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        program.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var browser = await _gateway.GetAsync("/dead/x", "Sec-Fetch-Mode: navigate");
        browser.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        browser.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var line = _gateway.Logs.Lines.Last(entry => entry.Contains("ForwardingFailed", StringComparison.Ordinal));
        (await browser.Content.ReadAsStringAsync()).ShouldContain(line.Split("answer ")[1][..16]);
    }

    private async Task<Dictionary<string, string>> HeadAsync(string target, params string[] headers)
    {
        var answer = await RawClient.AskAsync(_gateway.Url.Port, $"GET {target} HTTP/1.1\nHost: localhost\n{string.Concat(headers.Select(header => header + "\n"))}{(headers.Any(header => header.StartsWith("Connection", StringComparison.Ordinal)) ? string.Empty : "Connection: close\n")}X-Last: 1\n\n");
        answer.ShouldStartWith("HTTP/1.1 200");
        return _upstream.TakeHead().Split("\r\n").Skip(1).Where(line => line.Contains(':', StringComparison.Ordinal))
            .ToDictionary(line => line[..line.IndexOf(':', StringComparison.Ordinal)], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), StringComparer.Ordinal);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal RawUpstream Upstream { get; } = new();

        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .PublicPolicy()
            .SignedInPolicy()
            .Policy("maybe", "  - { name: maybe, effect: optional }")
            .Route("app", "/app/{**all}", "members", Upstream.Url)
            .Route("wiki", "/wiki/{**all}", "members", Upstream.Url, ("Metadata:Authdog:Audience", "the-wiki"), ("Metadata:Authdog:Header:Email", "Remote-User"), ("Metadata:Authdog:Header:Name", "X-WEBAUTH-NAME"))
            .Route("open", "/open/{**all}", "open", Upstream.Url)
            .Route("dead", "/dead/{**all}", "open", "http://127.0.0.1:1")
            .Route("maybe", "/maybe/{**all}", "maybe", Upstream.Url));

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            Upstream.Dispose();
        }
    }
}
