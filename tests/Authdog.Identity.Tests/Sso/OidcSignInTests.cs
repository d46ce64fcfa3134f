using System.Net;
using System.Text.Json.Nodes;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso;

[Collection(OidcCollection.Name)]
public sealed class OidcSignInTests(OidcFixture oidc)
{
    [Fact]
    public async Task SignsInANewUser_WhenTheDomainIsTheConnections()
    {
        await using var connection = await oidc.ConnectAsync(change: row => row.Mapping = """{"groups":"realm.groups","roles":{"staff":["member","billing"]},"defaultRoles":["guest"]}""");
        connection.Issuer.Person["realm"] = new JsonObject { ["groups"] = new JsonArray("staff", "others") };
        using var browser = oidc.Host.NewBrowser();

        var asked = await connection.BeginAsync(browser);
        var answer = await connection.AnswerAsync(browser, asked);

        answer.Status.ShouldBe(HttpStatusCode.SeeOther, answer.Text);
        answer.Location.ShouldBe("/app");
        var session = await oidc.Host.SessionAsync(browser);
        session.Connection.ShouldBe(connection.Slug);
        session.Email.ShouldBe("ada@" + connection.Domain);
        session.EmailVerified.ShouldBeTrue();
        session.Name.ShouldBe("Ada Lovelace");
        session.Roles.ShouldBe(["billing", "guest", "member"]);
        session.Acr.ShouldBe(Assurance.SingleFactor);
        asked["response_type"].ShouldBe("code");
        asked["code_challenge_method"].ShouldBe("S256");
        asked["redirect_uri"].ShouldBe(PagesHost.PublicUrl + connection.Callback);
        asked["scope"].ShouldBe("openid profile email");
        asked["login_hint"].ShouldBe("ada@" + connection.Domain);
        var (_, authorization, form) = connection.Issuer.Asked.Single(request => request.Path == "/token");
        authorization.ShouldBe("Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("the-client:the+secret+of+the+client+%26+more")));
        form.Keys.Order().ShouldBe(["code", "code_verifier", "grant_type", "redirect_uri"]);
    }

    [Fact]
    public async Task TakesRolesAway_WhenTheGroupsAreGone()
    {
        await using var connection = await oidc.ConnectAsync(change: row => row.Mapping = """{"roles":{"staff":["member"]}}""");
        connection.Issuer.Person["groups"] = new JsonArray("staff");
        using var browser = oidc.Host.NewBrowser();
        await connection.SignInAsync(browser);
        (await oidc.Host.SessionAsync(browser)).Roles.ShouldBe(["member"]);

        connection.Issuer.Person["groups"] = new JsonArray();
        using var second = oidc.Host.NewBrowser();
        await connection.SignInAsync(second);

        (await oidc.Host.SessionAsync(second)).Roles.ShouldBeEmpty();
        (await oidc.Host.SessionAsync(browser)).Roles.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task SignsInTheSameUser_WhenTheirAddressThereHasChanged()
    {
        await using var connection = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        await connection.SignInAsync(browser, "old@" + connection.Domain);
        var user = (await oidc.Host.SessionAsync(browser)).User;

        using var second = oidc.Host.NewBrowser();
        await connection.SignInAsync(second, "new@" + connection.Domain);

        (await oidc.Host.SessionAsync(second)).User.ShouldBe(user);
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task AsksTheOwner_WhenAnAccountHasTheAddressAndTheDomainIsNobodys_AccountTakeoverByLinking()
    {
        await using var connection = await oidc.ConnectAsync(change: row => row.HasButton = true, verified: false);
        using var owner = oidc.Host.NewBrowser();
        var person = await Person.New().SignUpAsync(oidc.Host, owner);
        connection.Issuer.Person["email_verified"] = true;

        using var browser = oidc.Host.NewBrowser();
        var page = await connection.AnswerAsync(browser, await BeginByButtonAsync(connection, browser, person.Email));
        page.Title.ShouldBe("You have an account already");
        browser.Cookie("authdog").ShouldBeNull();

        // The owner signs in as ever; from then on the identity is theirs.
        var login = System.Text.RegularExpressions.Regex.Match(page.Html, "class=\"button\" href=\"([^\"]+)\"").Groups[1].Value;
        page = await browser.FollowAsync(await browser.GetAsync(WebUtility.HtmlDecode(login)));
        await browser.SubmitAsync(page, ("password", person.Password));
        var user = (await oidc.Host.SessionAsync(browser)).User;

        using var second = oidc.Host.NewBrowser();
        await connection.AnswerAsync(second, await BeginByButtonAsync(connection, second, person.Email));
        (await oidc.Host.SessionAsync(second)).User.ShouldBe(user);
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task MakesNoUser_WhenNobodyVouchesForTheAddress_UnverifiedEmail()
    {
        await using var connection = await oidc.ConnectAsync(change: row => row.HasButton = true, verified: false);
        using var browser = oidc.Host.NewBrowser();

        var page = await connection.AnswerAsync(browser, await BeginByButtonAsync(connection, browser, $"{Guid.NewGuid():N}@elsewhere.test"));

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Title.ShouldBe("Your e-mail address is not confirmed");
        (await oidc.FailuresAsync(connection.Slug)).ShouldHaveSingleItem().ShouldContain("EmailUnverified");
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task SignsNobodyIn_WhenTheSubjectIsReusedByAConnectionMadeAnew()
    {
        string email;
        await using (var first = await oidc.ConnectAsync())
        {
            using var browser = oidc.Host.NewBrowser();
            await first.SignInAsync(browser);
            email = (await oidc.Host.SessionAsync(browser)).Email;
        }

        await using var second = await oidc.ConnectAsync(change: row => row.JustInTime = false);
        using var other = oidc.Host.NewBrowser();
        var page = await second.SignInAsync(other);

        page.Title.ShouldBe("You have no account here yet");
        email.ShouldNotBeNull();
    }

    [Fact]
    public async Task NoLoginFails_WhenTheProviderChangesItsKeys()
    {
        await using var connection = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        (await connection.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);

        connection.Issuer.Keys = [("k2", TestProvider.OtherKey)];
        using var second = oidc.Host.NewBrowser();
        (await connection.SignInAsync(second)).Status.ShouldBe(HttpStatusCode.SeeOther);

        // Once more with a key that nobody publishes: looked for once, not each time.
        connection.Issuer.Header = header => header["kid"] = "k3";
        for (var i = 0; i < 3; i++)
        {
            using var third = oidc.Host.NewBrowser();
            (await connection.SignInAsync(third)).Status.ShouldBe(HttpStatusCode.BadRequest);
        }

        connection.Issuer.Asked.Count(request => request.Path == "/jwks").ShouldBe(2);
    }

    [Fact]
    public async Task PushesTheRequest_WhenTheProviderOffersIt()
    {
        await using var connection = await oidc.ConnectAsync();
        connection.Issuer.Discovery = document => document["pushed_authorization_request_endpoint"] = connection.Issuer.Url + "/par";
        using var browser = oidc.Host.NewBrowser();

        var asked = await connection.BeginAsync(browser);

        asked.Keys.Order().ShouldBe(["client_id", "request_uri"]);
        var (_, authorization, form) = connection.Issuer.Asked.Single(request => request.Path == "/par");
        authorization.ShouldStartWith("Basic ");
        connection.Issuer.Nonce = form["nonce"];
        (await connection.AnswerAsync(browser, form)).Location.ShouldBe("/app");
    }

    [Fact]
    public async Task SignsInByPrivateKeyJwt_WhenSetSo()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        await using var connection = await oidc.ConnectAsync(
            settings => settings with { Authentication = ClientAuthentication.PrivateKeyJwt, ClientSecret = null },
            row => row.Settings = (OidcSettings.Parse(row.Settings) with { SigningKey = oidc.Host.Services.GetRequiredService<ConnectionSecrets>().Protect(row, key.ExportPkcs8PrivateKey()) }).ToJson());
        using var browser = oidc.Host.NewBrowser();

        (await connection.SignInAsync(browser)).Location.ShouldBe("/app");

        var form = connection.Issuer.Asked.Single(request => request.Path == "/token").Form;
        form.ShouldNotContainKey("client_secret");
        var parts = form["client_assertion"].Split('.');
        key.VerifyData(System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1).ShouldBeTrue();
        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))!;
        ((string)claims["aud"]!).ShouldBe(connection.Issuer.Url + "/token");
        ((string)claims["sub"]!).ShouldBe(TestIssuer.Client);
        var jwks = await browser.GetAsync($"/.authdog/oidc/{connection.Slug}/jwks.json");
        jwks.Html.ShouldContain("\"use\":\"sig\"");
        jwks.Html.ShouldNotContain("\"d\":");
    }

    [Fact]
    public async Task TakesTheAddressFromUserInfo_WhenTheIdTokenHasNone()
    {
        await using var connection = await oidc.ConnectAsync();
        connection.Issuer.Payload = claims => claims.Remove("email");
        connection.Issuer.UserInfo = new JsonObject { ["sub"] = "person-1", ["email"] = "fromuserinfo@" + connection.Domain };
        using var browser = oidc.Host.NewBrowser();

        (await connection.SignInAsync(browser)).Location.ShouldBe("/app");

        (await oidc.Host.SessionAsync(browser)).Email.ShouldBe("fromuserinfo@" + connection.Domain);
        connection.Issuer.Asked.Single(request => request.Path == "/userinfo").Authorization.ShouldBe("Bearer " + connection.Issuer.AccessToken);
    }

    [Fact]
    public async Task TakesAnAnswerByForm_WhenSetSo()
    {
        await using var connection = await oidc.ConnectAsync(settings => settings with { ResponseMode = "form_post" });
        using var browser = oidc.Host.NewBrowser();
        var asked = await connection.BeginAsync(browser);
        asked["response_mode"].ShouldBe("form_post");

        var page = await browser.PostAsync(connection.Callback, [new("code", connection.Issuer.Code), new("state", asked["state"])]);

        page.Status.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.GetAsync(page.Location!)).Location.ShouldBe("/app");
    }

    [Fact]
    public async Task CountsTheProvidersSecondFactor_WhenTrusted()
    {
        await using var connection = await oidc.ConnectAsync(settings => settings with { StepUpAcr = "urn:two", Trust = new OidcTrust { MultiFactorAcr = ["urn:two"], Amr = true } });
        connection.Issuer.Person["acr"] = "urn:two";
        connection.Issuer.Person["amr"] = new JsonArray("pwd", "otp");
        using var browser = oidc.Host.NewBrowser();

        var asked = await connection.BeginAsync(browser, more: "&acr=aal2&max_age=600");
        var page = await connection.AnswerAsync(browser, asked);

        page.Location.ShouldBe("/app", page.Text);
        asked["acr_values"].ShouldBe("urn:two");
        asked["max_age"].ShouldBe("600");
        var session = await oidc.Host.SessionAsync(browser);
        session.Acr.ShouldBe(Assurance.MultiFactor);
        session.Amr.ShouldBe(["mfa", "otp", "pwd"]);
    }

    [Fact]
    [Trait("Threat", "B13")]
    public async Task CountsNothingOfIt_WhenNotTrusted()
    {
        await using var connection = await oidc.ConnectAsync();
        connection.Issuer.Person["acr"] = "urn:two";
        connection.Issuer.Person["amr"] = new JsonArray("mfa");
        using var browser = oidc.Host.NewBrowser();

        await connection.SignInAsync(browser);

        var session = await oidc.Host.SessionAsync(browser);
        session.Acr.ShouldBe(Assurance.SingleFactor);
        session.Amr.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-3600)]
    [Trait("Threat", "I9")]
    public async Task Refuses_WhenTheProviderDidNotAskAgain_IgnoredMaxAge(int? authTime)
    {
        await using var connection = await oidc.ConnectAsync();
        connection.Issuer.Payload = claims => claims["auth_time"] = authTime is { } seconds ? claims["iat"]!.GetValue<long>() + seconds : null;
        using var browser = oidc.Host.NewBrowser();

        var asked = await connection.BeginAsync(browser, more: "&prompt=login");
        var page = await connection.AnswerAsync(browser, asked);

        asked["prompt"].ShouldBe("login");
        asked["max_age"].ShouldBe("0");
        page.Title.ShouldBe("A stronger sign-in is needed");
        browser.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    public async Task LeadsToTheProvidersLogout_WhenSignedOutHere()
    {
        await using var connection = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        await connection.SignInAsync(browser);

        var page = await browser.SubmitAsync(await browser.GetAsync(PagePaths.Logout), PagePaths.Logout);

        page.Status.ShouldBe(HttpStatusCode.OK);
        var address = page.Text;
        address.ShouldContain(connection.Issuer.Url + "/end?client_id=the-client&post_logout_redirect_uri=" + Uri.EscapeDataString(PagesHost.PublicUrl + PagePaths.Logout) + "&id_token_hint=ey");
        browser.Cookie("authdog").ShouldBeNullOrEmpty();
    }

    [Fact]
    [Trait("Threat", "B16")]
    public async Task KeepsSecretsOutOfLogsAndPages_WhenSomebodySignsIn()
    {
        await using var connection = await oidc.ConnectAsync();
        using var browser = oidc.Host.NewBrowser();
        var asked = await connection.BeginAsync(browser);
        (await connection.AnswerAsync(browser, asked)).Location.ShouldBe("/app");

        var lines = string.Join('\n', oidc.Host.Logs.Lines);
        foreach (var secret in new[] { connection.Issuer.AccessToken, TestIssuer.Secret, Uri.EscapeDataString(TestIssuer.Secret), asked["nonce"], asked["code_challenge"] })
        {
            lines.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task ReadsAConnection_WhenItIsFirstUsed()
    {
        await using var connection = await oidc.ConnectAsync();
        connection.Issuer.Asked.ShouldBeEmpty();
        using var browser = oidc.Host.NewBrowser();

        await connection.BeginAsync(browser);

        connection.Issuer.Asked.Select(request => request.Path).ShouldBe(["/.well-known/openid-configuration"]);
    }

    private static async Task<Dictionary<string, string>> BeginByButtonAsync(TestConnection connection, Browser browser, string email)
    {
        connection.Issuer.Person["email"] = email;
        var page = await browser.GetAsync(PagePaths.Login + "?return=%2Fapp");
        var hidden = page.Form(PagePaths.Login).Hidden;
        var fields = new Dictionary<string, string>(hidden) { ["method"] = "sso", ["connection"] = connection.Slug };
        return connection.Asked(await browser.FollowAsync(await browser.PostAsync(PagePaths.Login, fields)));
    }
}
