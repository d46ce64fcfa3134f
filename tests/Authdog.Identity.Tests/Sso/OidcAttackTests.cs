using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Authdog.Identity.Tests.Pages;
using Authdog.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso;

/// <summary>Answers that are right but for one thing. None signs anybody in, and each leaves an event with its cause.</summary>
[Collection(OidcCollection.Name)]
[Trait("Threat", "I9")]
public sealed class OidcAttackTests(OidcFixture oidc)
{
    private static readonly Dictionary<string, (Action<TestIssuer> Do, string Cause)> s_tokens = new()
    {
        ["AlgNone"] = (issuer => issuer.Header = header => header["alg"] = "none", "alg"),
        ["AlgNoneInCapitals"] = (issuer => issuer.Header = header => header["alg"] = "NONE", "alg"),
        ["AlgMissing"] = (issuer => issuer.Header = header => header.Remove("alg"), "alg"),
        ["SignatureStripped"] = (issuer => issuer.Compact = token => token[..(token.LastIndexOf('.') + 1)], "signature"),
        ["SignatureOfAnotherKey"] = (issuer => issuer.SigningKey = TestProvider.OtherKey, "signature"),
        ["SignatureOfAnotherToken"] = (issuer => issuer.Compact = token => token[..token.LastIndexOf('.')] + issuer.Sign(issuer.LogoutClaims())[issuer.Sign(issuer.LogoutClaims()).LastIndexOf('.')..], "signature"),
        ["SymmetricByClientSecret"] = (issuer => issuer.Header = header => header["alg"] = "HS256", "alg"),
        ["KeyConfusionByPublicKey"] = (issuer => issuer.Compact = token => Confuse(token), "alg"),
        ["AlgorithmThatIsNotAllowed"] = (issuer => issuer.Header = header => header["alg"] = "RS384", "alg"),
        ["AlgorithmOfAnotherKind"] = (issuer => issuer.Header = header => header["alg"] = "ES256", "kid"),
        ["EmbeddedKey_jwk"] = (issuer => (issuer.SigningKey, issuer.Header) = (TestProvider.OtherKey, header => header["jwk"] = Jwk(TestProvider.OtherKey)), "signature"),
        ["KeyUrl_jku"] = (issuer => (issuer.SigningKey, issuer.Header) = (TestProvider.OtherKey, header => header["jku"] = "https://attacker.example/keys"), "signature"),
        ["KeyThatIsNotPublished"] = (issuer => issuer.Header = header => header["kid"] = "unknown", "kid"),
        ["IgnoredCrit"] = (issuer => issuer.Header = header => (header["crit"], header["exp"]) = (new JsonArray("exp"), 1), "crit"),
        ["IgnoredCritUnknown"] = (issuer => issuer.Header = header => header["crit"] = new JsonArray("urn:x"), "crit"),
        ["UnencodedPayload_b64"] = (issuer => issuer.Header = header => header["b64"] = false, "crit"),
        ["LogoutTokenAsIdToken"] = (issuer => issuer.Header = header => header["typ"] = "logout+jwt", "typ"),
        ["AccessTokenAsIdToken"] = (issuer => issuer.Header = header => header["typ"] = "at+jwt", "typ"),
        ["TypeThatIsNoText"] = (issuer => issuer.Header = header => header["typ"] = 7, "typ"),
        ["NotAToken"] = (issuer => issuer.Compact = _ => "hello", "JWT"),
        ["FourParts"] = (issuer => issuer.Compact = token => token + ".x", "JWT"),
        ["EncryptedWithoutKey"] = (issuer => issuer.Compact = token => "a.b.c.d.e", "decrypts"),
        ["TooLong"] = (issuer => issuer.Payload = claims => claims["x"] = new string('x', 70_000), "ID token"),
        ["DuplicateClaim"] = (issuer => issuer.Compact = token => Resign(token, json => json.Insert(1, "\"sub\":\"person-0\",")), "twice"),
        ["OtherIssuer"] = (issuer => issuer.Payload = claims => claims["iss"] = "https://attacker.example", "iss"),
        ["IssuerWithSlash"] = (issuer => issuer.Payload = claims => claims["iss"] = issuer.Url + "/", "iss"),
        ["IssuerMissing"] = (issuer => issuer.Payload = claims => claims.Remove("iss"), "ID token"),
        ["OtherAudience"] = (issuer => issuer.Payload = claims => claims["aud"] = "another-client", "aud"),
        ["AudienceWithSlash"] = (issuer => issuer.Payload = claims => claims["aud"] = TestIssuer.Client + "/", "aud"),
        ["AudienceMissing"] = (issuer => issuer.Payload = claims => claims.Remove("aud"), "aud"),
        ["AudienceEmpty"] = (issuer => issuer.Payload = claims => claims["aud"] = new JsonArray(), "aud"),
        ["SeveralAudiencesWithoutAzp"] = (issuer => issuer.Payload = claims => claims["aud"] = new JsonArray(TestIssuer.Client, "other"), "azp"),
        ["OtherAzp"] = (issuer => issuer.Payload = claims => claims["azp"] = "other", "azp"),
        ["AzpThatIsNoText"] = (issuer => issuer.Payload = claims => claims["azp"] = 1, "broken"),
        ["Expired"] = (issuer => issuer.Payload = claims => claims["exp"] = claims["iat"]!.GetValue<long>() - 120, "exp"),
        ["ExpiryMissing"] = (issuer => issuer.Payload = claims => claims.Remove("exp"), "exp"),
        ["ExpiryAsText"] = (issuer => issuer.Payload = claims => claims["exp"] = "9999999999", "ID token"),
        ["IgnoredNbf"] = (issuer => issuer.Payload = claims => claims["nbf"] = claims["iat"]!.GetValue<long>() + 3600, "nbf"),
        ["NbfAsText"] = (issuer => issuer.Payload = claims => claims["nbf"] = "tomorrow", "ID token"),
        ["IssuedInTheFuture"] = (issuer => issuer.Payload = claims => claims["iat"] = claims["iat"]!.GetValue<long>() + 3600, "iat"),
        ["IssuedNever"] = (issuer => issuer.Payload = claims => claims.Remove("iat"), "iat"),
        ["NonceOfAnotherLogin"] = (issuer => issuer.Payload = claims => claims["nonce"] = "another", "nonce"),
        ["NonceMissing"] = (issuer => issuer.Payload = claims => claims.Remove("nonce"), "nonce"),
        ["SubjectMissing"] = (issuer => issuer.Payload = claims => claims.Remove("sub"), "sub"),
        ["SubjectEmpty"] = (issuer => issuer.Payload = claims => claims["sub"] = "", "sub"),
        ["SubjectTooLong"] = (issuer => issuer.Payload = claims => claims["sub"] = new string('x', 256), "sub"),
        ["SubjectWithControls"] = (issuer => issuer.Payload = claims => claims["sub"] = "a\nb", "sub"),
        ["SubjectThatIsNoText"] = (issuer => issuer.Payload = claims => claims["sub"] = 42, "sub"),
        ["AccessTokenOfAnother_at_hash"] = (issuer => issuer.Payload = claims => claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA", "at_hash"),
        ["CodeOfAnother_c_hash"] = (issuer => issuer.Payload = claims => claims["c_hash"] = "AAAAAAAAAAAAAAAAAAAAAA", "c_hash"),
        ["NoIdToken"] = (issuer => issuer.Token = answer => answer.Remove("id_token"), "ID token"),
        ["NoAccessToken"] = (issuer => issuer.Token = answer => answer.Remove("access_token"), "bearer"),
        ["OtherTokenType"] = (issuer => issuer.Token = answer => answer["token_type"] = "mac", "bearer"),
        ["UserInfoOfSomebodyElse"] = (issuer => (issuer.Payload, issuer.UserInfo) = (claims => claims.Remove("email"), new JsonObject { ["sub"] = "somebody-else", ["email"] = "x@y.example" }), "userinfo"),
        ["UserInfoWithoutSubject"] = (issuer => (issuer.Payload, issuer.UserInfo) = (claims => claims.Remove("email"), new JsonObject { ["email"] = "x@y.example" }), "userinfo"),
    };

    private static readonly Dictionary<string, (Func<TestConnection, (string, string?)[]> Query, bool Advertised, string Cause)> s_answers = new()
    {
        ["MixUp_OtherIssuer"] = (connection => [("iss", "https://attacker.example")], false, "iss"),
        ["MixUp_IssuerMissing"] = (_ => [], true, "iss"),
        ["MixUp_IssuerInAnError"] = (_ => [("code", null), ("error", "access_denied"), ("iss", "https://attacker.example")], false, "iss"),
        ["CodeMissing"] = (_ => [("code", null)], false, "code"),
        ["CodeOfNobody"] = (_ => [("code", "guessed")], false, "invalid_grant"),
        ["CodeTooLong"] = (_ => [("code", new string('c', 5000))], false, "too long"),
    };

    public static TheoryData<string> Tokens => [.. s_tokens.Keys];

    public static TheoryData<string> Answers => [.. s_answers.Keys];

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task SignsNobodyIn_WhenTheTokenIsWrong(string attack)
    {
        await using var connection = await oidc.ConnectAsync();
        s_tokens[attack].Do(connection.Issuer);

        await RefusedAsync(connection, s_tokens[attack].Cause);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task SignsNobodyIn_WhenTheAnswerIsWrong(string attack)
    {
        await using var connection = await oidc.ConnectAsync();
        var (query, advertised, cause) = s_answers[attack];
        connection.Issuer.Discovery = document => document["authorization_response_iss_parameter_supported"] = advertised;

        await RefusedAsync(connection, cause, query(connection));
    }

    [Fact]
    public async Task SignsIn_WhenTheAnswerNamesItsIssuer()
    {
        await using var connection = await oidc.ConnectAsync();
        connection.Issuer.Discovery = document => document["authorization_response_iss_parameter_supported"] = true;
        using var browser = oidc.Host.NewBrowser();

        (await connection.AnswerAsync(browser, await connection.BeginAsync(browser), ("iss", connection.Issuer.Url))).Location.ShouldBe("/app");
    }

    [Fact]
    [Trait("Threat", "B15")]
    public async Task SignsNobodyIn_WhenTheAnswerIsAnotherBrowsers_LoginCsrf()
    {
        await using var connection = await oidc.ConnectAsync();
        using var attacker = oidc.Host.NewBrowser();
        using var victim = oidc.Host.NewBrowser();
        await connection.BeginAsync(victim);
        var asked = await connection.BeginAsync(attacker);

        var page = await connection.AnswerAsync(victim, asked);

        page.Title.ShouldBe("This sign-in is over");
        victim.Cookie("authdog").ShouldBeNull();
        connection.Issuer.Asked.ShouldNotContain(request => request.Path == "/token");
    }

    [Fact]
    [Trait("Threat", "B15")]
    public async Task SignsNobodyIn_WhenTheAnswerComesTwice_StateReplay()
    {
        await using var connection = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        var asked = await connection.BeginAsync(browser);
        (await connection.AnswerAsync(browser, asked, ("code", "guessed"))).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await connection.AnswerAsync(browser, asked)).Title.ShouldBe("This sign-in is over");

        browser.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "B15")]
    public async Task SignsNobodyIn_WhenTheAnswerComesToAnotherConnection_MixUp()
    {
        await using var honest = await oidc.ConnectAsync();
        await using var evil = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        var asked = await honest.BeginAsync(browser);

        var page = await evil.AnswerAsync(browser, asked, ("code", honest.Issuer.Code));

        page.Title.ShouldBe("This sign-in is over");
        evil.Issuer.Asked.ShouldNotContain(request => request.Path == "/token");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [Trait("Threat", "B15")]
    public async Task SignsNobodyIn_WhenTheStateIsMadeUp(string state)
    {
        await using var connection = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        await connection.BeginAsync(browser);

        (await browser.GetAsync($"{connection.Callback}?code={connection.Issuer.Code}&state={state}")).Title.ShouldBe("This sign-in is over");
    }

    [Fact]
    public async Task SignsNobodyIn_WhenAParameterIsThereTwice()
    {
        await using var connection = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        var asked = await connection.BeginAsync(browser);

        (await browser.GetAsync($"{connection.Callback}?code={connection.Issuer.Code}&code=x&state={asked["state"]}")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task MadeUpStateCountsAsATry_AndWhatTheProviderDoesWrongDoesNot()
    {
        await using var connection = await oidc.ConnectAsync();
        using var doors = new CounterTags(oidc.Host.Services.GetRequiredService<IMeterFactory>(), "authdog.sign_in.failures", "door");
        using var browser = oidc.Host.NewBrowser();
        connection.Issuer.SigningKey = TestProvider.OtherKey;
        (await connection.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await connection.AnswerAsync(browser, await connection.BeginAsync(browser), ("code", null), ("error", "access_denied"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        doors.Seen.ShouldBeEmpty();

        await browser.GetAsync($"{connection.Callback}?code=x&state={new string('A', 65)}");

        doors.Seen.ShouldBe(["oidc"]);
    }

    private static string Confuse(string token)
    {
        var parts = token.Split('.');
        var input = $"{TestIssuer.Part("{\"alg\":\"HS256\",\"kid\":\"k1\"}")}.{parts[1]}";
        return $"{input}.{System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(TestProvider.Key.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(input)))}";
    }

    private static string Resign(string token, Func<string, string> change)
    {
        var parts = token.Split('.');
        var input = $"{parts[0]}.{TestIssuer.Part(change(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))))}";
        return $"{input}.{System.Buffers.Text.Base64Url.EncodeToString(TestProvider.Key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static JsonObject Jwk(RSA key) => new() { ["kty"] = "RSA", ["n"] = System.Buffers.Text.Base64Url.EncodeToString(key.ExportParameters(false).Modulus), ["e"] = "AQAB" };

    private async Task RefusedAsync(TestConnection connection, string cause, params (string, string?)[] query)
    {
        using var browser = oidc.Host.NewBrowser();
        var asked = await connection.BeginAsync(browser);

        var page = await connection.AnswerAsync(browser, asked, query);

        ((int)page.Status).ShouldBeGreaterThanOrEqualTo(400, page.Location);
        page.Title.ShouldBeOneOf("We cannot trust this answer", "Acme does not answer", "You were not signed in");
        browser.Cookie("authdog").ShouldBeNull();
        (await oidc.FailuresAsync(connection.Slug)).ShouldHaveSingleItem().ShouldContain(cause);
    }
}
