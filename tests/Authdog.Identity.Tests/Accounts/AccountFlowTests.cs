using System.Net;
using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Accounts;

[Collection(PagesCollection.Name)]
public sealed class AccountFlowTests(PagesHost host)
{
    [Fact]
    public async Task AsksToSignIn_WhenNobodyIs()
    {
        using var browser = host.NewBrowser();

        (await browser.GetAsync(PagePaths.Account)).Location.ShouldBe("/.authdog/login?return=%2F.authdog%2Faccount");
    }

    [Fact]
    [Trait("Threat", "I12")]
    public async Task EndsOtherSessionsAndRenewsThisOne_WhenThePasswordChanges()
    {
        using var browser = host.NewBrowser();
        using var other = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);
        await person.SignInAsync(other);
        var before = browser.Cookie("authdog");
        var renewed = person with { Password = "quite another long phrase" };

        var page = await browser.GetAsync(PagePaths.Account);
        var wrong = await browser.SubmitAsync(page, "/.authdog/account/password", ("password", "wrong wrong wrong"), ("new-password", renewed.Password));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await other.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
        var done = await browser.FollowAsync(await browser.SubmitAsync(page, "/.authdog/account/password", ("password", person.Password), ("new-password", renewed.Password)));

        done.Text.ShouldContain("Your password is changed");
        browser.Cookie("authdog").ShouldNotBe(before);
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await renewed.SignInAsync(other)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task EndsThatSessionOnly_WhenOneOfTheListIsEnded()
    {
        using var browser = host.NewBrowser();
        using var other = host.NewBrowser();
        using var stranger = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);
        await person.SignInAsync(other);
        var another = await Person.New().SignUpAsync(host, stranger);
        await another.SignInAsync(stranger);

        var page = await browser.GetAsync(PagePaths.Account);
        var strangers = (await stranger.GetAsync("/.authdog/account")).Html;
        strangers.ShouldContain("Chrome, Linux");
        var foreign = Authdog.Identity.Sessions.SessionToken.TryParse(stranger.Cookie("authdog"), out var token) ? token.Id.Value : "";
        await browser.SubmitAsync(page, "/.authdog/account/sessions/revoke", ("session", foreign));
        (await stranger.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
        await browser.SubmitAsync(page, "/.authdog/account/sessions/revoke");

        (await other.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task EndsAllSessions_WhenSigningOutEverywhere()
    {
        using var browser = host.NewBrowser();
        using var other = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);
        await person.SignInAsync(other);

        var page = await browser.GetAsync(PagePaths.Account);
        await browser.SubmitAsync(page, "/.authdog/account/sign-out-everywhere");

        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await other.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
