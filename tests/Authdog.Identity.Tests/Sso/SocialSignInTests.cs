using System.Diagnostics.Metrics;
using System.Net;
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
using Authdog.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Authdog.Identity.Tests.Sso;

/// <summary>Providers of section <c>Social</c>: one that speaks OpenID Connect, one that speaks OAuth 2.0 alone and lists addresses as GitHub does.</summary>
public sealed partial class SocialSignInTests : IClassFixture<SocialFixture>
{
    private readonly SocialFixture _social;

    public SocialSignInTests(SocialFixture social)
    {
        _social = social;
        _social.Meet();
    }

    private PagesHost Host => _social.Host;

    [Fact]
    public async Task SignsIn_WhenTheProviderSpeaksOpenIdConnect()
    {
        _social.Acme.Person["email"] = $"{Guid.NewGuid():N}@example.com";
        _social.Acme.Person["email_verified"] = true;
        using var browser = Host.NewBrowser();

        var page = await AnswerAsync(browser, "acme");

        page.Location.ShouldBe("/app", page.Text);
        (await Host.SessionAsync(browser)).Connection.ShouldBe("social:acme");
        _social.Acme.Asked.Last(request => request.Path == "/token").Form["client_secret"].ShouldBe(TestIssuer.Secret);
    }

    [Fact]
    public async Task SignsIn_WhenTheProviderSpeaksOAuthAlone()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        _social.List(email, verified: true);
        using var browser = Host.NewBrowser();

        (await AnswerAsync(browser, "hub")).Location.ShouldBe("/app");

        var session = await Host.SessionAsync(browser);
        (session.Email, session.Name).ShouldBe((email, "Grace Hopper"));
        _social.Hub.Asked.Last(request => request.Path == "/token").Form.ShouldContainKey("code_verifier");
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task MakesNoUser_WhenTheProviderDoesNotVouchForTheAddress()
    {
        _social.List($"{Guid.NewGuid():N}@example.com", verified: false);
        using var browser = Host.NewBrowser();

        (await AnswerAsync(browser, "hub")).Title.ShouldBe("Your e-mail address is not confirmed");

        browser.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task AsksTheOwner_WhenAnAccountHasTheAddress_AccountTakeoverByLinking()
    {
        using var owner = Host.NewBrowser();
        var person = await Person.New().SignUpAsync(Host, owner);
        _social.List(person.Email, verified: true);
        using var browser = Host.NewBrowser();

        (await AnswerAsync(browser, "hub")).Title.ShouldBe("You have an account already");

        browser.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    public async Task AccountOfOneProviderAlone_LinksAnother_AndMayThenGiveUpTheFirst()
    {
        _social.List($"{Guid.NewGuid():N}@example.com", verified: true);
        using var browser = Host.NewBrowser();
        await AnswerAsync(browser, "hub");
        var user = (await Host.SessionAsync(browser)).User;
        var list = await browser.GetAsync("/.authdog/account/identities");
        list.Text.ShouldContain("GitHub");

        // A social account cannot be asked anew for a proof: nobody is stuck after ten minutes all the same.
        Host.Time.Advance(TimeSpan.FromMinutes(11));
        var stale = await browser.FollowAsync(await browser.GetAsync("/.authdog/account/identities/connect?provider=social%3Aacme"));
        stale.Text.ShouldContain("Sign out, sign in again");
        await browser.SubmitAsync(await browser.GetAsync("/.authdog/logout"));
        await AnswerAsync(browser, "hub");

        (await LinkAsync(browser)).Location.ShouldBe("/.authdog/account/identities?done=identity-linked");
        list = await browser.GetAsync("/.authdog/account/identities");
        var removal = Regex.Matches(list.Html, "href=\"([^\"]+/remove)\" aria-label=\"Disconnect GitHub").Single().Groups[1].Value;
        (await browser.SubmitAsync(await browser.GetAsync(removal), removal)).Location!.ShouldEndWith("?done=identity-unlinked");

        using var second = Host.NewBrowser();
        (await AnswerAsync(second, "acme")).Location.ShouldBe("/app");
        (await Host.SessionAsync(second)).User.ShouldBe(user);
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("hub")]
    [Trait("Threat", "I2")]
    public async Task MadeUpOrRepeatedAnswerCountsAsATry_AndWhatTheProviderDoesWrongDoesNot(string provider)
    {
        using var doors = new CounterTags(Host.Services.GetRequiredService<IMeterFactory>(), "authdog.sign_in.failures", "door");
        using var browser = Host.NewBrowser();
        Of(provider).Instead["/token"] = static context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        var asked = await BeginAsync(browser, provider);
        (await browser.GetAsync(Callback(provider, asked))).Status.ShouldBe(HttpStatusCode.BadGateway);
        (await browser.GetAsync($"/.authdog/social/{provider}/callback?error=access_denied&state={(await BeginAsync(browser, provider))["state"]}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        doors.Seen.ShouldBeEmpty();

        // Made up, sent twice, with a parameter that is there twice, and at the other provider's door.
        (await browser.GetAsync($"/.authdog/social/{provider}/callback?code=x&state={new string('A', 65)}")).Title.ShouldBe("This sign-in is over");
        doors.Seen.ShouldBe(["social"]);
        (await browser.GetAsync(Callback(provider, asked))).Title.ShouldBe("This sign-in is over");
        doors.Seen.Count.ShouldBe(2);
        (await browser.GetAsync(Callback(provider, asked) + "&code=y")).Status.ShouldBe(HttpStatusCode.BadRequest);
        doors.Seen.Count.ShouldBe(3);
        (await browser.GetAsync(Callback(provider == "acme" ? "hub" : "acme", await BeginAsync(browser, provider)))).Title.ShouldBe("This sign-in is over");
        doors.Seen.ShouldBe(["social", "social", "social", "social"]);
        browser.Cookie("authdog").ShouldBeNull();
    }

    /// <summary>The worst case: the tenant's connection has the social provider's name, issuer, client and people.</summary>
    [Fact]
    [Trait("Threat", "I4")]
    public async Task SocialProviderOfAConnectionsName_IsNeverTakenForIt_ConnectionConfusion()
    {
        var domain = Guid.NewGuid().ToString("N") + ".test";
        _social.Acme.Person["email"] = "ada@" + domain;
        _social.Acme.Person["email_verified"] = true;
        using var browser = Host.NewBrowser();
        using var other = Host.NewBrowser();
        (await AnswerAsync(browser, "acme")).Location.ShouldBe("/app");
        (await AnswerAsync(other, "acme")).Location.ShouldBe("/app");
        var changes = Host.Services.GetRequiredService<ConnectionChanges>();
        await ConnectAsync(changes, domain);

        // Signing out here leads to no connection's end of session.
        (await browser.SubmitAsync(await browser.GetAsync(PagePaths.Logout), PagePaths.Logout)).Html.ShouldNotContain(_social.Acme.Url);

        // The connection's logout token ends none of the social provider's sessions, by whatever it names.
        foreach (var unnamed in new[] { "sub", "sid" })
        {
            var claims = _social.Acme.LogoutClaims();
            claims.Remove(unnamed);
            (await other.PostAsync("/.authdog/oidc/acme/backchannel-logout", [new("logout_token", _social.Acme.Sign(claims, "logout+jwt"))])).Status.ShouldBe(HttpStatusCode.OK);
        }

        (await Host.SessionAsync(other)).Connection.ShouldBe("social:acme");

        // Once the connection is demanded, what the social provider vouched for is over, and what it vouches for is not enough.
        (await changes.SetAsync(TenantId.Default, "acme", static row => row.Enforced = true, CancellationToken.None)).ShouldBeOfType<ConnectionChange.Done>().EndedSessions.ShouldBe(1);
        using var again = Host.NewBrowser();
        (await AnswerAsync(again, "acme")).Location.ShouldNotBe("/app");
        again.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task ConnectionCalledLocal_IsRefused_ConnectionConfusion()
    {
        var refused = await Host.Services.GetRequiredService<SetupLinks>().InviteAsync(TenantId.Default, "local", ConnectionKind.Oidc, SetupLinks.DefaultLifetime, CancellationToken.None);

        refused.Link.ShouldBeNull();
        refused.Mistakes.ShouldHaveSingleItem().ShouldStartWith("AG5312");
    }

    [Fact]
    [Trait("Threat", "I4")]
    [Trait("Threat", "I10")]
    public async Task TenantCrossing_AnIdentityLinkedInOneTenant_SignsInNobodyInAnother()
    {
        var other = TenantId.Parse("beta");
        await Host.Services.GetRequiredService<TenantDirectory>().AddAsync(other, "Beta", CancellationToken.None);
        await Host.Services.GetRequiredService<TenantChanges>().TellAsync(other);
        await Host.Services.GetRequiredService<TenantChanges>().AddAddressAsync(other, "beta.test", CancellationToken.None);
        using var owner = Host.NewBrowser();
        await (await Person.New().SignUpAsync(Host, owner)).SignInAsync(owner);
        var user = (await Host.SessionAsync(owner)).User;
        _social.Acme.Person["email"] = $"{Guid.NewGuid():N}@example.com";
        _social.Acme.Person["email_verified"] = false;
        (await LinkAsync(owner)).Location.ShouldBe("/.authdog/account/identities?done=identity-linked");
        using var here = Host.NewBrowser();
        (await AnswerAsync(here, "acme")).Location.ShouldBe("/app");
        (await Host.SessionAsync(here)).User.ShouldBe(user);

        // There it is an identity like any that nobody has linked: without a verified address it is nobody's.
        using var there = Host.NewBrowser();
        there.Client.DefaultRequestHeaders.Host = "beta.test";
        var refused = await AnswerAsync(there, "acme");
        refused.Title.ShouldBe("Your e-mail address is not confirmed");
        refused.Headers.ShouldNotContainKey("Set-Cookie");

        // With one it is somebody else's account, and the two know nothing of each other.
        _social.Acme.Person["email_verified"] = true;
        var (_, cookies) = (await AnswerAsync(there, "acme")).Headers.Single(header => header.Key == "Set-Cookie");
        var found = (await Host.Services.GetRequiredService<SessionStore>().FindAsync(Regex.Match(cookies, "__Host-authdog=([^;]+)").Groups[1].Value, CancellationToken.None)).ShouldBeOfType<SessionLookup.Found>();
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
        var now = Host.Time.GetUtcNow();
        Connection row = new() { TenantId = TenantId.Default, Id = Guid.CreateVersion7(), Slug = "acme", Kind = ConnectionKind.Oidc, Name = "Acme", Settings = "{}", CreatedAt = now, UpdatedAt = now };
        row.Settings = new OidcSettings { Issuer = _social.Acme.Url, ClientId = TestIssuer.Client, ClientSecret = Host.Services.GetRequiredService<ConnectionSecrets>().Protect(row, TestIssuer.Secret) }.ToJson();
        (await changes.AddAsync(row, CancellationToken.None)).ShouldBeOfType<ConnectionChange.Done>();
        await using var context = Host.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
        context.UseTenant(() => TenantId.Default);
        context.Add(new TenantDomain { TenantId = TenantId.Default, Domain = domain, ConnectionId = row.Id, VerifiedAt = now, CreatedAt = now });
        await context.SaveChangesAsync();
        await changes.TellAsync(TenantId.Default);
    }

    private async Task<ReceivedPage> LinkAsync(Browser browser)
    {
        var page = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync("/.authdog/account/identities/connect?provider=social%3Aacme"), "/.authdog/account/identities/connect"));
        var query = QueryHelpers.ParseQuery(new Uri(WebUtility.HtmlDecode(Links().Match(page.Html).Groups[1].Value)).Query);
        _social.Acme.Nonce = query["nonce"].ToString();
        return await browser.GetAsync($"/.authdog/social/acme/callback?code={_social.Acme.Code}&state={query["state"]}");
    }

    private async Task<ReceivedPage> AnswerAsync(Browser browser, string provider) => await browser.GetAsync(Callback(provider, await BeginAsync(browser, provider)));

    /// <summary>Presses the provider's button; what the provider was asked.</summary>
    private async Task<Dictionary<string, StringValues>> BeginAsync(Browser browser, string provider)
    {
        var page = await browser.GetAsync(PagePaths.Login + "?return=%2Fapp");
        page.Text.ShouldContain("Continue with Acme Social");
        var fields = new Dictionary<string, string>(page.Form(PagePaths.Login).Hidden) { ["method"] = "social", ["connection"] = provider };
        page = await browser.FollowAsync(await browser.PostAsync(PagePaths.Login, fields));
        var query = QueryHelpers.ParseQuery(new Uri(WebUtility.HtmlDecode(Links().Match(page.Html).Groups[1].Value)).Query);
        Of(provider).Nonce = query.TryGetValue("nonce", out var nonce) ? nonce.ToString() : "none";
        return query;
    }

    private string Callback(string provider, Dictionary<string, StringValues> asked) => $"/.authdog/social/{provider}/callback?code={Of(provider).Code}&state={asked["state"]}";

    private TestIssuer Of(string provider) => provider == "acme" ? _social.Acme : _social.Hub;

    [GeneratedRegex("href=\"(http[^\"]+/authorize[^\"]*)\"")]
    private static partial Regex Links();
}
