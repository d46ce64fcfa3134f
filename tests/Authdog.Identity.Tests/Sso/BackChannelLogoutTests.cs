using System.Net;
using System.Text.Json.Nodes;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Sso;

/// <summary>Logout tokens of a provider (OpenID Connect Back-Channel Logout 1.0): the right one ends sessions, every other none.</summary>
[Collection(OidcCollection.Name)]
[Trait("Threat", "I9")]
public sealed class BackChannelLogoutTests(OidcFixture oidc)
{
    private const string Type = "logout+jwt";
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    private static readonly Dictionary<string, Func<TestIssuer, string>> s_wrong = new()
    {
        ["AlgNone"] = issuer => { issuer.Header = header => header["alg"] = "none"; return issuer.Sign(issuer.LogoutClaims(), Type); },
        ["SymmetricByClientSecret"] = issuer => issuer.Sign(issuer.LogoutClaims(), Type, "HS256"),
        ["OtherKey"] = issuer => { issuer.SigningKey = TestProvider.OtherKey; return issuer.Sign(issuer.LogoutClaims(), Type); },
        ["NoType"] = issuer => issuer.Sign(issuer.LogoutClaims()),
        ["TypeOfAnyJwt"] = issuer => issuer.Sign(issuer.LogoutClaims(), "JWT"),
        ["IdTokenAsLogoutToken"] = issuer => issuer.Sign(issuer.Claims(), "JWT"),
        ["IdTokenWithTheType"] = issuer => issuer.Sign(issuer.Claims(), Type),
        ["IgnoredCrit"] = issuer => { issuer.Header = header => header["crit"] = new JsonArray("x"); return issuer.Sign(issuer.LogoutClaims(), Type); },
        ["OtherIssuer"] = issuer => With(issuer, "iss", "https://attacker.example"),
        ["OtherAudience"] = issuer => With(issuer, "aud", "other"),
        ["AudienceMissing"] = issuer => With(issuer, "aud", null),
        ["Expired"] = issuer => With(issuer, "exp", issuer.LogoutClaims()["iat"]!.GetValue<long>() - 120),
        ["ExpiryMissing"] = issuer => With(issuer, "exp", null),
        ["ExpiryFarAway"] = issuer => With(issuer, "exp", issuer.LogoutClaims()["iat"]!.GetValue<long>() + 86_400),
        ["IgnoredNbf"] = issuer => With(issuer, "nbf", issuer.LogoutClaims()["iat"]!.GetValue<long>() + 3600),
        ["IssuedInTheFuture"] = issuer => With(issuer, "iat", issuer.LogoutClaims()["iat"]!.GetValue<long>() + 3600),
        ["IssuedNever"] = issuer => With(issuer, "iat", null),
        ["NobodyNamed"] = issuer => { var claims = issuer.LogoutClaims(); claims.Remove("sub"); claims.Remove("sid"); return issuer.Sign(claims, Type); },
        ["SubjectThatIsNoText"] = issuer => With(issuer, "sub", 1),
        ["SessionThatIsNoText"] = issuer => With(issuer, "sid", new JsonArray("session-1")),
        ["EventsMissing"] = issuer => With(issuer, "events", null),
        ["EventsEmpty"] = issuer => With(issuer, "events", new JsonObject()),
        ["OtherEvent"] = issuer => With(issuer, "events", new JsonObject { ["urn:other"] = new JsonObject() }),
        ["EventThatIsNoObject"] = issuer => With(issuer, "events", new JsonObject { [Event] = true }),
        ["WithNonce"] = issuer => With(issuer, "nonce", issuer.Nonce),
        ["WithNullNonce"] = issuer => { var claims = issuer.LogoutClaims(); claims["nonce"] = null; return issuer.Sign(claims, Type); },
        ["NoId_jti"] = issuer => With(issuer, "jti", null),
        ["NotAToken"] = _ => "x",
        ["Empty"] = _ => "",
    };

    private static readonly Dictionary<string, Func<TestIssuer, string>> s_ofOthers = new()
    {
        ["SessionOfAnother"] = issuer => With(issuer, "sid", "session-2"),
        ["PersonOfAnother"] = issuer => With(issuer, "sub", "person-2"),
    };

    public static TheoryData<string> Wrong => [.. s_wrong.Keys];

    public static TheoryData<string> OfOthers => [.. s_ofOthers.Keys];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task EndsNothing_WhenTheTokenIsWrong(string attack)
    {
        await using var connection = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        await connection.SignInAsync(browser);

        var answer = await PostAsync(connection, s_wrong[attack](connection.Issuer));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers["Cache-Control"].ShouldContain("no-store");
        (await oidc.Host.SessionAsync(browser)).Connection.ShouldBe(connection.Slug);
    }

    [Theory]
    [MemberData(nameof(OfOthers))]
    public async Task EndsNothing_WhenTheTokenNamesAnother(string other)
    {
        await using var connection = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        await connection.SignInAsync(browser);

        (await PostAsync(connection, s_ofOthers[other](connection.Issuer))).Status.ShouldBe(HttpStatusCode.OK);

        (await oidc.Host.SessionAsync(browser)).Connection.ShouldBe(connection.Slug);
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("sid")]
    [InlineData("none")]
    public async Task EndsTheSession_WhenTheTokenIsRight(string without)
    {
        await using var connection = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        using var local = oidc.Host.NewBrowser();
        await connection.SignInAsync(browser);
        var claims = connection.Issuer.LogoutClaims();
        claims.Remove(without);

        (await PostAsync(connection, connection.Issuer.Sign(claims, Type))).Status.ShouldBe(HttpStatusCode.OK);

        await Should.ThrowAsync<InvalidOperationException>(() => oidc.Host.SessionAsync(browser));
    }

    [Fact]
    public async Task EndsNothing_WhenTheTokenComesTwice_Replay()
    {
        await using var connection = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        await connection.SignInAsync(browser);
        var token = connection.Issuer.Sign(connection.Issuer.LogoutClaims(), Type);
        (await PostAsync(connection, token)).Status.ShouldBe(HttpStatusCode.OK);
        await connection.SignInAsync(browser);

        (await PostAsync(connection, token)).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await oidc.Host.SessionAsync(browser)).Connection.ShouldBe(connection.Slug);
    }

    [Fact]
    [Trait("Threat", "I10")]
    public async Task EndsNothing_WhenTheTokenIsAnotherConnections()
    {
        await using var connection = await oidc.ConnectAsync();
        await using var other = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        await connection.SignInAsync(browser);

        (await PostAsync(connection, other.Issuer.Sign(other.Issuer.LogoutClaims(), Type))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(other, other.Issuer.Sign(other.Issuer.LogoutClaims(), Type))).Status.ShouldBe(HttpStatusCode.OK);

        (await oidc.Host.SessionAsync(browser)).Connection.ShouldBe(connection.Slug);
    }

    [Fact]
    public async Task EndsTheSession_WhenThePageOfTheProviderSaysSo()
    {
        await using var connection = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        using var frame = oidc.Host.NewBrowser();
        await connection.SignInAsync(browser);
        var path = $"/.authdog/oidc/{connection.Slug}/frontchannel-logout?iss=";

        (await frame.GetAsync($"{path}{Uri.EscapeDataString("https://attacker.example")}&sid=session-1")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await frame.GetAsync($"{path}{Uri.EscapeDataString(connection.Issuer.Url)}")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await oidc.Host.SessionAsync(browser)).Connection.ShouldBe(connection.Slug);
        (await frame.GetAsync($"{path}{Uri.EscapeDataString(connection.Issuer.Url)}&sid=session-1")).Status.ShouldBe(HttpStatusCode.OK);

        await Should.ThrowAsync<InvalidOperationException>(() => oidc.Host.SessionAsync(browser));
    }

    private static string With(TestIssuer issuer, string claim, JsonNode? value)
    {
        var claims = issuer.LogoutClaims();
        if (value is null)
        {
            claims.Remove(claim);
        }
        else
        {
            claims[claim] = value;
        }

        return issuer.Sign(claims, Type);
    }

    private async Task<ReceivedPage> PostAsync(TestConnection connection, string token)
    {
        using var provider = oidc.Host.NewBrowser();
        return await provider.PostAsync($"/.authdog/oidc/{connection.Slug}/backchannel-logout", [new("logout_token", token)]);
    }
}
