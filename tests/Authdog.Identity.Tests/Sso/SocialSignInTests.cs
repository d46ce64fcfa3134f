using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Social;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Sso.Setup;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Sso;

/// <summary>Providers of section <c>Social</c>: one that speaks OpenID Connect, one that speaks OAuth 2.0 alone and lists addresses as GitHub does.</summary>
public sealed partial class SocialSignInTests : IAsyncLifetime
{
    private PagesHost _host = null!;
    private TestProvider _provider = null!;
    private TestIssuer _oidc = null!;
    private TestIssuer _oauth = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _oidc = _provider.NewIssuer(TimeProvider.System);
        _oauth = _provider.NewIssuer(TimeProvider.System);
        _host = new PagesHost()
            .With("Sso:AllowPrivateNetworks", "true")
            .With("Social:Providers:acme:Name", "Acme Social")
            .With("Social:Providers:acme:Issuer", _oidc.Url)
            .With("Social:Providers:acme:ClientId", TestIssuer.Client)
            .With("Social:Providers:acme:ClientSecret", TestIssuer.Secret)
            .With("Social:Providers:hub:Preset", "github")
            .With("Social:Providers:hub:ClientId", TestIssuer.Client)
            .With("Social:Providers:hub:ClientSecret", TestIssuer.Secret)
            .With("Social:Providers:hub:AuthorizationEndpoint", _oauth.Url + "/authorize")
            .With("Social:Providers:hub:TokenEndpoint", _oauth.Url + "/token")
            .With("Social:Providers:hub:UserEndpoint", _oauth.Url + "/user")
            .With("Social:Providers:hub:EmailEndpoint", _oauth.Url + "/emails");
        _oauth.Instead["/user"] = context => TestIssuer.JsonAsync(context, new JsonObject { ["id"] = 4711, ["name"] = "Grace Hopper" });
        _oauth.Token = answer => answer.Remove("id_token");
        await _host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task SignsIn_WhenTheProviderSpeaksOpenIdConnect()
    {
        _oidc.Person["email"] = $"{Guid.NewGuid():N}@example.com";
        _oidc.Person["email_verified"] = true;
        using var browser = _host.NewBrowser();

        var page = await AnswerAsync(browser, "acme", _oidc);

        page.Location.ShouldBe("/app", page.Text);
        (await _host.SessionAsync(browser)).Connection.ShouldBe("social:acme");
        _oidc.Asked.Single(request => request.Path == "/token").Form["client_secret"].ShouldBe(TestIssuer.Secret);
    }

    [Fact]
    public async Task SignsIn_WhenTheProviderSpeaksOAuthAlone()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        Addresses(email, verified: true);
        using var browser = _host.NewBrowser();

        (await AnswerAsync(browser, "hub", _oauth)).Location.ShouldBe("/app");

        var session = await _host.SessionAsync(browser);
        (session.Email, session.Name).ShouldBe((email, "Grace Hopper"));
        _oauth.Asked.Single(request => request.Path == "/token").Form.ShouldContainKey("code_verifier");
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task MakesNoUser_WhenTheProviderDoesNotVouchForTheAddress()
    {
        Addresses($"{Guid.NewGuid():N}@example.com", verified: false);
        using var browser = _host.NewBrowser();

        (await AnswerAsync(browser, "hub", _oauth)).Title.ShouldBe("Your e-mail address is not confirmed");

        browser.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task AsksTheOwner_WhenAnAccountHasTheAddress_AccountTakeoverByLinking()
    {
        using var owner = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, owner);
        Addresses(person.Email, verified: true);
        using var browser = _host.NewBrowser();

        (await AnswerAsync(browser, "hub", _oauth)).Title.ShouldBe("You have an account already");

        browser.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    public async Task AccountOfOneProviderAlone_LinksAnother_AndMayThenGiveUpTheFirst()
    {
        Addresses($"{Guid.NewGuid():N}@example.com", verified: true);
        using var browser = _host.NewBrowser();
        await AnswerAsync(browser, "hub", _oauth);
        var user = (await _host.SessionAsync(browser)).User;
        var list = await browser.GetAsync("/.authdog/account/identities");
        list.Text.ShouldContain("GitHub");

        // A social account cannot be asked anew for a proof: nobody is stuck after ten minutes all the same.
        _host.Time.Advance(TimeSpan.FromMinutes(11));
        var stale = await browser.FollowAsync(await browser.GetAsync("/.authdog/account/identities/connect?provider=social%3Aacme"));
        stale.Text.ShouldContain("Sign out, sign in again");
        await browser.SubmitAsync(await browser.GetAsync("/.authdog/logout"));
        await AnswerAsync(browser, "hub", _oauth);

        _oidc.Person["sub"] = "another";
        _oidc.Payload = claims => claims["exp"] = _host.Time.GetUtcNow().ToUnixTimeSeconds() + 300;
        (await LinkAsync(browser)).Location.ShouldBe("/.authdog/account/identities?done=identity-linked");
        list = await browser.GetAsync("/.authdog/account/identities");
        var removal = Regex.Matches(list.Html, "href=\"([^\"]+/remove)\" aria-label=\"Disconnect GitHub").Single().Groups[1].Value;
        (await browser.SubmitAsync(await browser.GetAsync(removal), removal)).Location!.ShouldEndWith("?done=identity-unlinked");

        using var second = _host.NewBrowser();
        (await AnswerAsync(second, "acme", _oidc)).Location.ShouldBe("/app");
        (await _host.SessionAsync(second)).User.ShouldBe(user);
    }

    /// <summary>The worst case: the tenant's connection has the social provider's name, issuer, client and people.</summary>
    [Fact]
    [Trait("Threat", "I4")]
    public async Task SocialProviderOfAConnectionsName_IsNeverTakenForIt_ConnectionConfusion()
    {
        var domain = Guid.NewGuid().ToString("N") + ".test";
        _oidc.Person["email"] = "ada@" + domain;
        _oidc.Person["email_verified"] = true;
        using var browser = _host.NewBrowser();
        using var other = _host.NewBrowser();
        (await AnswerAsync(browser, "acme", _oidc)).Location.ShouldBe("/app");
        (await AnswerAsync(other, "acme", _oidc)).Location.ShouldBe("/app");
        var changes = _host.Services.GetRequiredService<ConnectionChanges>();
        await ConnectAsync(changes, domain);

        // Signing out here leads to no connection's end of session.
        (await browser.SubmitAsync(await browser.GetAsync(PagePaths.Logout), PagePaths.Logout)).Html.ShouldNotContain(_oidc.Url);

        // The connection's logout token ends none of the social provider's sessions, by whatever it names.
        foreach (var unnamed in new[] { "sub", "sid" })
        {
            var claims = _oidc.LogoutClaims();
            claims.Remove(unnamed);
            (await other.PostAsync("/.authdog/oidc/acme/backchannel-logout", [new("logout_token", _oidc.Sign(claims, "logout+jwt"))])).Status.ShouldBe(HttpStatusCode.OK);
        }

        (await _host.SessionAsync(other)).Connection.ShouldBe("social:acme");

        // Once the connection is demanded, what the social provider vouched for is over, and what it vouches for is not enough.
        (await changes.SetAsync(TenantId.Default, "acme", static row => row.Enforced = true, CancellationToken.None)).ShouldBeOfType<ConnectionChange.Done>().EndedSessions.ShouldBe(1);
        using var again = _host.NewBrowser();
        (await AnswerAsync(again, "acme", _oidc)).Location.ShouldNotBe("/app");
        again.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task ConnectionCalledLocal_IsRefused_ConnectionConfusion()
    {
        var refused = await _host.Services.GetRequiredService<SetupLinks>().InviteAsync(TenantId.Default, "local", ConnectionKind.Oidc, SetupLinks.DefaultLifetime, CancellationToken.None);

        refused.Link.ShouldBeNull();
        refused.Mistakes.ShouldHaveSingleItem().ShouldStartWith("AG5312");
    }

    [Fact]
    [Trait("Threat", "I4")]
    [Trait("Threat", "I10")]
    public async Task TenantCrossing_AnIdentityLinkedInOneTenant_SignsInNobodyInAnother()
    {
        var other = TenantId.Parse("beta");
        await _host.Services.GetRequiredService<TenantDirectory>().AddAsync(other, "Beta", CancellationToken.None);
        await _host.Services.GetRequiredService<TenantChanges>().TellAsync(other);
        await _host.Services.GetRequiredService<TenantChanges>().AddAddressAsync(other, "beta.test", CancellationToken.None);
        using var owner = _host.NewBrowser();
        await (await Person.New().SignUpAsync(_host, owner)).SignInAsync(owner);
        var user = (await _host.SessionAsync(owner)).User;
        _oidc.Person["email"] = $"{Guid.NewGuid():N}@example.com";
        _oidc.Person["email_verified"] = false;
        (await LinkAsync(owner)).Location.ShouldBe("/.authdog/account/identities?done=identity-linked");
        using var here = _host.NewBrowser();
        (await AnswerAsync(here, "acme", _oidc)).Location.ShouldBe("/app");
        (await _host.SessionAsync(here)).User.ShouldBe(user);

        // There it is an identity like any that nobody has linked: without a verified address it is nobody's.
        using var there = _host.NewBrowser();
        there.Client.DefaultRequestHeaders.Host = "beta.test";
        var refused = await AnswerAsync(there, "acme", _oidc);
        refused.Title.ShouldBe("Your e-mail address is not confirmed");
        refused.Headers.ShouldNotContainKey("Set-Cookie");

        // With one it is somebody else's account, and the two know nothing of each other.
        _oidc.Person["email_verified"] = true;
        var (_, cookies) = (await AnswerAsync(there, "acme", _oidc)).Headers.Single(header => header.Key == "Set-Cookie");
        var found = (await _host.Services.GetRequiredService<SessionStore>().FindAsync(Regex.Match(cookies, "__Host-authdog=([^;]+)").Groups[1].Value, CancellationToken.None)).ShouldBeOfType<SessionLookup.Found>();
        (found.Session.Tenant, found.Session.User == user).ShouldBe((other, false));
    }

    [Fact]
    public void NamesEveryMistake_WhenSettingsAreWrong()
    {
        var options = new SocialOptions();
        options.Providers["Bad Name"] = new SocialProviderOptions { Preset = "nobody", AuthorizationEndpoint = "nowhere" };
        options.Providers["google"] = new SocialProviderOptions();

        var failures = new SocialOptions.Validator().Validate(null, options).Failures!.ToList();

        foreach (var code in new[] { "AG5401", "AG5402", "AG5403", "AG5404", "AG5405", "AG5407" })
        {
            failures.ShouldContain(failure => failure.StartsWith(code, StringComparison.Ordinal));
        }
    }

    private async Task ConnectAsync(ConnectionChanges changes, string domain)
    {
        var now = _host.Time.GetUtcNow();
        Connection row = new() { TenantId = TenantId.Default, Id = Guid.CreateVersion7(), Slug = "acme", Kind = ConnectionKind.Oidc, Name = "Acme", Settings = "{}", CreatedAt = now, UpdatedAt = now };
        row.Settings = new OidcSettings { Issuer = _oidc.Url, ClientId = TestIssuer.Client, ClientSecret = _host.Services.GetRequiredService<ConnectionSecrets>().Protect(row, TestIssuer.Secret) }.ToJson();
        (await changes.AddAsync(row, CancellationToken.None)).ShouldBeOfType<ConnectionChange.Done>();
        await using var context = _host.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
        context.UseTenant(() => TenantId.Default);
        context.Add(new TenantDomain { TenantId = TenantId.Default, Domain = domain, ConnectionId = row.Id, VerifiedAt = now, CreatedAt = now });
        await context.SaveChangesAsync();
        await changes.TellAsync(TenantId.Default);
    }

    private void Addresses(string email, bool verified) => _oauth.Instead["/emails"] = async context =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(
            new JsonArray(new JsonObject { ["email"] = "other@example.com", ["primary"] = false, ["verified"] = true }, new JsonObject { ["email"] = email, ["primary"] = true, ["verified"] = verified }).ToJsonString()));
    };

    private async Task<ReceivedPage> LinkAsync(Browser browser)
    {
        var page = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync("/.authdog/account/identities/connect?provider=social%3Aacme"), "/.authdog/account/identities/connect"));
        var query = QueryHelpers.ParseQuery(new Uri(WebUtility.HtmlDecode(Links().Match(page.Html).Groups[1].Value)).Query);
        _oidc.Nonce = query["nonce"].ToString();
        return await browser.GetAsync($"/.authdog/social/acme/callback?code={_oidc.Code}&state={query["state"]}");
    }

    private static async Task<ReceivedPage> AnswerAsync(Browser browser, string provider, TestIssuer issuer)
    {
        var page = await browser.GetAsync(PagePaths.Login + "?return=%2Fapp");
        page.Text.ShouldContain("Continue with Acme Social");
        var fields = new Dictionary<string, string>(page.Form(PagePaths.Login).Hidden) { ["method"] = "social", ["connection"] = provider };
        page = await browser.FollowAsync(await browser.PostAsync(PagePaths.Login, fields));
        var query = QueryHelpers.ParseQuery(new Uri(WebUtility.HtmlDecode(Links().Match(page.Html).Groups[1].Value)).Query);
        issuer.Nonce = query.TryGetValue("nonce", out var nonce) ? nonce.ToString() : "none";
        return await browser.GetAsync($"/.authdog/social/{provider}/callback?code={issuer.Code}&state={query["state"]}");
    }

    [GeneratedRegex("href=\"(http[^\"]+/authorize[^\"]*)\"")]
    private static partial Regex Links();
}
