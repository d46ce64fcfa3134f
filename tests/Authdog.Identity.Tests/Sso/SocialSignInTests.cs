using System.Diagnostics.Metrics;
using System.Net;
using System.Text.RegularExpressions;
using Authdog.Identity.Pages;
using Authdog.Identity.Social;
using Authdog.Identity.Tests.Pages;
using Authdog.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
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
        (await Host.SessionAsync(browser)).Connection.ShouldBe("acme");
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

        var page = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync("/.authdog/account/identities/connect?provider=social%3Aacme"), "/.authdog/account/identities/connect"));
        var query = QueryHelpers.ParseQuery(new Uri(WebUtility.HtmlDecode(Links().Match(page.Html).Groups[1].Value)).Query);
        _social.Acme.Nonce = query["nonce"].ToString();
        (await browser.GetAsync($"/.authdog/social/acme/callback?code={_social.Acme.Code}&state={query["state"]}")).Location.ShouldBe("/.authdog/account/identities?done=identity-linked");
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
