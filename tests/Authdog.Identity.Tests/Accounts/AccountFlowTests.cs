using System.Net;
using Authdog.Identity.Accounts;
using Authdog.Identity.Consents;
using Authdog.Identity.Pages;
using Authdog.Identity.Sso.Identities;
using Authdog.Identity.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

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

        var page = await browser.GetAsync("/.authdog/account/password");
        var wrong = await browser.SubmitAsync(page, "/.authdog/account/password", ("password", "wrong wrong wrong"), ("new-password", renewed.Password));
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await other.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
        var done = await browser.FollowAsync(await browser.SubmitAsync(page, "/.authdog/account/password", ("password", person.Password), ("new-password", renewed.Password)));

        done.Text.ShouldContain("Your password is changed");
        var notice = await host.Mail.ReceiveAsync(person.Email, count: 2);
        notice.Subject.ShouldEndWith("The password of your account was changed.");
        notice.TextBody!.ShouldContain("Chrome, Linux");
        browser.Cookie("authdog").ShouldNotBe(before);
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await renewed.SignInAsync(other)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task TestsOnePassword_WhenATryAtTheCurrentOneIsCounted()
    {
        using var browser = host.NewBrowser();
        using var other = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);
        await person.SignInAsync(other);
        var page = await browser.GetAsync("/.authdog/account/password");
        var form = page.Form("/.authdog/account/password").Hidden["form"];

        // Whoever found the session open has a guess in each field: the second is not told from any other.
        foreach (var id in new[] { form, string.Empty, new string('A', form.Length) })
        {
            (await ChangeAsync(browser, page, id, "wrong wrong wrong", person.Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        // What is done is said of the form that did it, to the user whose it was, and whatever it carries by now.
        (await ChangeAsync(browser, page, form, person.Password, "quite another long phrase")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await ChangeAsync(browser, page, form, "wrong wrong wrong", "some other long phrase")).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await ChangeAsync(browser, page, form[1..] + form[0], "wrong wrong wrong", "quite another long phrase")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var stranger = await Person.New().SignUpAsync(host, other);
        await stranger.SignInAsync(other);
        var theirs = await other.GetAsync("/.authdog/account/password");
        (await ChangeAsync(other, theirs, form, "wrong wrong wrong", "quite another long phrase")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
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

        var page = await browser.GetAsync("/.authdog/account/devices");
        var strangers = (await stranger.GetAsync("/.authdog/account/devices")).Html;
        strangers.ShouldContain("Chrome, Linux");
        var foreign = Authdog.Identity.Sessions.SessionToken.TryParse(stranger.Cookie("authdog"), out var token) ? token.Id.Value : "";
        await browser.SubmitAsync(page, "/.authdog/account/devices/end", ("session", foreign));
        (await stranger.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
        await browser.SubmitAsync(page, "/.authdog/account/devices/end");

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

        var page = await browser.GetAsync("/.authdog/account/devices");
        await browser.SubmitAsync(page, "/.authdog/account/devices/end-all");

        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await other.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task EndsAllButThisOne_WhenSigningOutTheOthers()
    {
        using var browser = host.NewBrowser();
        using var other = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);
        await person.SignInAsync(other);

        var page = await browser.GetAsync("/.authdog/account/devices");
        var done = await browser.FollowAsync(await browser.SubmitAsync(page, "/.authdog/account/devices/end-others"));

        done.Text.ShouldContain("All other devices are signed out");
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ListsEverySection_WhenSignedIn()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);

        var page = await browser.GetAsync(PagePaths.Account);

        // Nothing is to be agreed to here, and nobody can be connected: these sections are not there.
        string[] absent = [ConsentEndpoints.AccountPath, LinkedIdentityPaths.List];
        page.Html.ShouldNotContain(ConsentEndpoints.AccountPath);
        foreach (var section in host.Services.GetServices<AccountSection>().Where(section => !absent.Contains(section.Path)))
        {
            (await browser.GetAsync(section.Parent)).Html.ShouldContain($"href=\"{section.Path}\"");
            var answer = await browser.GetAsync(section.Path);
            answer.Status.ShouldBe(HttpStatusCode.OK, section.Path);
        }

        page.Text.ShouldContain(person.Email);
    }

    private static Task<ReceivedPage> ChangeAsync(Browser browser, ReceivedPage page, string form, string current, string next) =>
        browser.SubmitAsync(page, "/.authdog/account/password", ("form", form), ("password", current), ("new-password", next));
}
