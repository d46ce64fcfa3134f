using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Authdog.Gateway.Forwarding;
using Authdog.Gateway.Routing;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Keys;
using Authdog.Identity.Sessions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authdog.Gateway.Tests.Forwarding;

public sealed class AssertionTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly SigningKey _key = new("kid-1", ECDsa.Create(ECCurve.NamedCurves.nistP256), s_now, null);

    [Fact]
    public async Task VerifiesWithStockLibrary_AndHasEveryClaim()
    {
        var token = AssertionSigner.Sign(_key, Session(), "http://localhost:8080", "app", s_now).Value;
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = "http://localhost:8080",
            ValidAudience = "app",
            ValidTypes = ["authdog-assertion+jwt"],
            ValidAlgorithms = ["ES256"],
            IssuerSigningKey = new ECDsaSecurityKey(_key.Key) { KeyId = "kid-1" },
            LifetimeValidator = (from, to, _, _) => from == s_now.UtcDateTime && to == s_now.UtcDateTime.AddMinutes(5),
        });
        result.Exception.ShouldBeNull();
        result.IsValid.ShouldBeTrue();

        var jwt = new JsonWebToken(token);
        jwt.Kid.ShouldBe("kid-1");
        jwt.GetPayloadValue<string>("sid").ShouldBe(new string('a', 64));
        jwt.GetPayloadValue<string>("tenant").ShouldBe("default");
        jwt.GetPayloadValue<string>("email").ShouldBe("ada@example.com");
        jwt.GetPayloadValue<bool>("email_verified").ShouldBeTrue();
        jwt.GetPayloadValue<string>("name").ShouldBe("Ada \"Löw\"");
        jwt.GetPayloadValue<string[]>("roles").ShouldBe(["admin"]);
        jwt.GetPayloadValue<string[]>("amr").ShouldBe(["pwd"]);
        jwt.GetPayloadValue<string>("acr").ShouldBe("aal1");
        jwt.GetPayloadValue<long>("auth_time").ShouldBe(s_now.AddHours(-1).ToUnixTimeSeconds());
        jwt.GetPayloadValue<long>("iat").ShouldBe(s_now.ToUnixTimeSeconds());
        jwt.GetPayloadValue<string>("jti").Length.ShouldBe(22);
    }

    [Theory]
    [InlineData("""{"terms":"2026-11"}""")]
    [InlineData(null)]
    public void SaysWhatWasAgreedTo_WhereTheRouteAsksForIt(string? consents)
    {
        var session = Session();
        session = consents is null ? session : session with { Claims = session.Claims.SetItem("consents", JsonDocument.Parse(consents).RootElement) };

        Payload(session, AssertionClaims.Consents).GetProperty("consents").GetRawText().ShouldBe(consents ?? "{}");
        Payload(session, AssertionClaims.None).TryGetProperty("consents", out _).ShouldBeFalse();
    }

    [Fact]
    public void EndsWithTheSession_WhenThatEndsSooner() =>
        AssertionSigner.Sign(_key, Session() with { AbsoluteExpiresAt = s_now.AddMinutes(1) }, "i", "a", s_now).ExpiresAt.ShouldBe(s_now.AddMinutes(1));

    [Fact]
    public async Task IsSignedOnce_WhenManyAskAtOnce()
    {
        var identity = new ForwardedIdentity(Session());
        var gate = new TaskCompletionSource();
        var askers = Enumerable.Range(0, 16).Select(async _ =>
        {
            await gate.Task;
            await Task.Yield();
            return identity.Assertion(_key, "i", "r", Settings("a"), s_now);
        }).ToArray();
        gate.SetResult();
        (await Task.WhenAll(askers)).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void IsReusedUntilHalfItsLife_AndThenRenewed()
    {
        var identity = new ForwardedIdentity(Session());
        var first = identity.Assertion(_key, "i", "r", Settings("a"), s_now);
        identity.Assertion(_key, "i", "r", Settings("a"), s_now.AddSeconds(149)).ShouldBe(first);
        identity.Assertion(_key, "i", "r", Settings("a"), s_now.AddSeconds(150)).ShouldNotBe(first);
    }

    [Fact]
    public void IsRenewed_WhenTheKeyRotates()
    {
        var identity = new ForwardedIdentity(Session());
        _ = identity.Assertion(_key, "i", "r", Settings("a"), s_now);
        var next = new SigningKey("kid-2", ECDsa.Create(ECCurve.NamedCurves.nistP256), s_now, null);
        new JsonWebToken(identity.Assertion(next, "i", "r", Settings("a"), s_now.AddSeconds(1))).Kid.ShouldBe("kid-2");
    }

    [Fact]
    [Trait("Threat", "B10")]
    public void IsAnother_WhenRouteOrAudienceDiffers()
    {
        var identity = new ForwardedIdentity(Session());
        var tokens = new[] { identity.Assertion(_key, "i", "r1", Settings("a"), s_now), identity.Assertion(_key, "i", "r2", Settings("b"), s_now), identity.Assertion(_key, "i", "r1", Settings("b"), s_now) };
        tokens.Select(token => new JsonWebToken(token).GetPayloadValue<string>("aud")).ShouldBe(["a", "b", "b"]);
        tokens.Distinct().Count().ShouldBe(3);
    }

    private static RouteSettings Settings(string audience) => new(audience, IdentityHeaderNames.Default);

    private JsonElement Payload(Session session, AssertionClaims further) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(AssertionSigner.Sign(_key, session, "i", "a", s_now, further).Value.Split('.')[1])).RootElement;

    private static Session Session() => new()
    {
        Id = new SessionId(new string('a', 64)),
        Version = 1,
        Tenant = TenantId.Default,
        User = UserId.New(s_now),
        Email = "ada@example.com",
        EmailVerified = true,
        Name = "Ada \"Löw\"",
        Roles = ["admin"],
        Factors = [AuthenticationFactor.Password(s_now.AddHours(-1))],
        Acr = "aal1",
        Amr = ["pwd"],
        AuthenticatedAt = s_now.AddHours(-1),
        CreatedAt = s_now.AddHours(-1),
        AbsoluteExpiresAt = s_now.AddHours(8),
    };
}
