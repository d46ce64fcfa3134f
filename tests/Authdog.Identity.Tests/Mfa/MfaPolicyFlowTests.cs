using System.Net;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Mfa;
using Authdog.Identity.Mfa.Policies;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Mfa;

[Collection(SecondStepsCollection.Name)]
public sealed class MfaPolicyFlowTests(SecondStepsHost fixture)
{
    private readonly PagesHost _host = fixture.Host;

    [Fact]
    [Trait("Threat", "B13")]
    public async Task GivesNoSession_BeforeTheSecondStepIsSetUp_WhenARoleRequiresIt()
    {
        using var browser = _host.NewBrowser();
        var person = await PersonWithRoleAsync(browser, "admin");
        var offer = await browser.FollowAsync(await person.SignInAsync(browser, "/admin"));
        offer.Title.ShouldBe("Set up a second step");
        offer.Html.ShouldNotContain("name=\"later\"");
        browser.Cookie("authdog").ShouldBeNull();

        // Whoever puts it off anyway stands where they stood.
        var form = await browser.GetAsync(PagePaths.Recover);
        var posted = form.Form(null).Hidden;
        posted["flow"] = Flow(offer);
        posted["later"] = "1";
        (await browser.FollowAsync(await browser.PostAsync(PagePaths.Login, posted))).Title.ShouldBe("Set up a second step");
        browser.Cookie("authdog").ShouldBeNull();

        var (app, answer) = await AuthenticatorApp.ConfirmAsync(_host, browser, await browser.GetAsync(Address(offer, "method=totp")));
        answer.Html.ShouldContain("href=\"/admin\"");
        browser.Cookie("authdog").ShouldNotBeNull();

        // The only one cannot be removed.
        var page = await browser.GetAsync(PagePaths.SecondSteps);
        (await browser.GetAsync(Address(page, MfaEndpoints.RemovePath))).Text.ShouldContain("your only second step");
        app.RecoveryCodes.Count.ShouldBe(10);
    }

    [Fact]
    public async Task CanBePutOff_UntilTheGraceIsOver()
    {
        using var browser = _host.NewBrowser();
        var person = await PersonWithRoleAsync(browser, "staff");
        var offer = await browser.FollowAsync(await person.SignInAsync(browser, "/work"));
        offer.Title.ShouldBe("Set up a second step");
        var later = await browser.SubmitAsync(offer, ("later", "1"));
        later.Location.ShouldBe("/work");
        (await browser.GetAsync("/.authdog/session")).Html.ShouldContain("aal1");

        _host.Time.Advance(TimeSpan.FromHours(2));
        offer = await browser.FollowAsync(await person.SignInAsync(browser, "/work"));

        offer.Title.ShouldBe("Set up a second step");
        offer.Html.ShouldNotContain("name=\"later\"");
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task RenamesAndRemovesAnApp_WithItsCodes()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        await person.SignInAsync(browser);
        await AuthenticatorApp.SetUpAsync(_host, browser);
        var page = await browser.GetAsync(PagePaths.SecondSteps);
        page.Text.ShouldContain("Phone");
        page.Text.ShouldContain("You have 10 unused codes");
        page = await browser.FollowAsync(await browser.SubmitAsync(page, MfaEndpoints.RenamePath, ("name", "Old <b>phone</b>")));
        page.Html.ShouldContain("Old &lt;b&gt;phone&lt;/b&gt;");

        page = await browser.GetAsync(Address(page, MfaEndpoints.RemovePath));
        page = await browser.FollowAsync(await browser.SubmitAsync(page, MfaEndpoints.RemovePath));

        page.Text.ShouldContain("None is set up");
        (await _host.Mail.ReceiveAsync(person.Email, count: 3)).Subject!.ShouldContain("removed");
        await browser.SubmitAsync(await browser.GetAsync(PagePaths.Logout));
        (await person.SignInAsync(browser)).Location.ShouldBe("/");
    }

    [Fact]
    public async Task AsksForARecentLogin_AtTheAccountsOwnStrength_BeforeAChange()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        await person.SignInAsync(browser);
        await AuthenticatorApp.SetUpAsync(_host, browser);
        var removal = Address(await browser.GetAsync(PagePaths.SecondSteps), MfaEndpoints.RemovePath);
        var remove = await browser.GetAsync(removal);
        var renew = await browser.GetAsync(MfaEndpoints.CodesPath);
        _host.Time.Advance(TimeSpan.FromMinutes(11));

        var back = "/.authdog/login?return=" + Uri.EscapeDataString(removal) + "&max_age=600&acr=aal2";
        (await browser.SubmitAsync(remove)).Location.ShouldBe(back);
        (await browser.GetAsync(removal)).Location.ShouldBe(back);
        (await browser.SubmitAsync(renew)).Location.ShouldBe("/.authdog/login?return=%2F.authdog%2Faccount%2Fsecond-steps%2Frecovery-codes&max_age=600&acr=aal2");
        (await browser.GetAsync(MfaEndpoints.AddPath)).Location!.ShouldContain("&max_age=600&acr=aal2");
        (await browser.GetAsync(PagePaths.SecondSteps)).Text.ShouldContain("Phone");
    }

    [Fact]
    [Trait("Threat", "I10")]
    public async Task ChangesNothing_WhenTheAppIsAnotherUsers()
    {
        using var browser = _host.NewBrowser();
        var owner = await Person.New().SignUpAsync(_host, browser);
        await owner.SignInAsync(browser);
        await AuthenticatorApp.SetUpAsync(_host, browser);
        var id = Address(await browser.GetAsync(PagePaths.SecondSteps), MfaEndpoints.RemovePath).Split("id=")[1];
        using var second = _host.NewBrowser();
        var stranger = await Person.New().SignUpAsync(_host, second);
        await stranger.SignInAsync(second);
        await AuthenticatorApp.SetUpAsync(_host, second);

        var page = await second.GetAsync(PagePaths.SecondSteps);
        (await second.GetAsync(MfaEndpoints.RemovePath + "?id=" + id)).Location.ShouldBe(PagePaths.SecondSteps);
        await second.SubmitAsync(await second.GetAsync(Address(page, MfaEndpoints.RemovePath)), ("id", id));
        await second.SubmitAsync(page, MfaEndpoints.RenamePath, ("id", id), ("name", "Mine"));

        (await browser.GetAsync(PagePaths.SecondSteps)).Text.ShouldContain("Phone");
    }

    [Fact]
    [Trait("Threat", "I6")]
    public async Task RecoveryCodeWorksOnce_IsToldByMail_AndTheLastOnesAreAnnounced()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        await person.SignInAsync(browser);
        var app = await AuthenticatorApp.SetUpAsync(_host, browser);
        for (var i = 0; i < 6; i++)
        {
            using var other = _host.NewBrowser();
            (await RecoverAsync(other, person, app.RecoveryCodes[i])).Location.ShouldBe("/");
        }

        using var last = _host.NewBrowser();
        var warned = await RecoverAsync(last, person, app.RecoveryCodes[6].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal));
        warned.Title.ShouldBe("Few recovery codes left");
        last.Cookie("authdog").ShouldNotBeNull();
        using var thief = _host.NewBrowser();
        (await RecoverAsync(thief, person, app.RecoveryCodes[0])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _host.Mail.ReceiveAsync(person.Email, count: 9)).ShouldNotBeNull();
        _host.Mail.To(person.Email).Count(mail => mail.Subject!.Contains("recovery codes was used", StringComparison.Ordinal)).ShouldBe(7);

        // New ones make the old ones void.
        var renewed = await last.SubmitAsync(await last.GetAsync(MfaEndpoints.CodesPath));
        renewed.Title.ShouldBe("Keep your recovery codes");
        (await RecoverAsync(thief, person, app.RecoveryCodes[9])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    [Trait("Threat", "I6")]
    public async Task RecoveryCodeLetsOneIn_WhenTwoBringItAtOnce()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        await person.SignInAsync(browser);
        var app = await AuthenticatorApp.SetUpAsync(_host, browser);
        var racers = Enumerable.Range(0, 4).Select(_ => _host.NewBrowser()).ToList();
        List<ReceivedPage> pages = [];
        foreach (var racer in racers)
        {
            pages.Add(await CodePageAsync(racer, person));
        }

        var answers = await Task.WhenAll(racers.Zip(pages, (racer, page) => racer.SubmitAsync(page, ("code", app.RecoveryCodes[0]))));

        answers.Count(answer => answer.Status is HttpStatusCode.SeeOther).ShouldBe(1);
        racers.ForEach(racer => racer.Dispose());
    }

    [Fact]
    public void ReportsEveryError_WhenSeveralSettingsAreWrong()
    {
        var options = new MfaOptions { Policy = MfaPolicyKind.Offered, Grace = TimeSpan.FromDays(1) };
        options.Roles["no role,name"] = new MfaRule { Policy = MfaPolicyKind.Required, Grace = TimeSpan.FromDays(365) };

        new MfaOptions.Validator().Validate(null, options).Failures!.Count().ShouldBe(3);
    }

    private static string Flow(ReceivedPage page) => Address(page, "flow=").Split("flow=")[1].Split('&')[0];

    private static string Address(ReceivedPage page, string part) =>
        System.Text.RegularExpressions.Regex.Matches(page.Html, "href=\"([^\"]+)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).First(link => link.Contains(part, StringComparison.Ordinal));

    private static async Task<ReceivedPage> CodePageAsync(Browser browser, Person person)
    {
        var page = await browser.FollowAsync(await person.SignInAsync(browser));
        return page.Title == "Enter a recovery code" ? page : await browser.GetAsync(Address(await browser.GetAsync(Address(page, "choose=1")), "method=recovery-code"));
    }

    private static async Task<ReceivedPage> RecoverAsync(Browser browser, Person person, string code) =>
        await browser.SubmitAsync(await CodePageAsync(browser, person), ("code", code));

    private async Task<Person> PersonWithRoleAsync(Browser browser, string role)
    {
        var person = await Person.New().SignUpAsync(_host, browser);
        await using var scope = _host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Id = TenantId.Default;
        var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        EmailAddress.TryParse(person.Email, out var email).ShouldBeTrue();
        await users.AddRolesAsync((await users.FindByEmailAsync(email!, CancellationToken.None))!, [role], CancellationToken.None);
        return person;
    }
}
