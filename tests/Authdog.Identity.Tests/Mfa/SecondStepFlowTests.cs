using System.Net;
using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Mfa;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Mfa;

[Collection(PagesCollection.Name)]
public sealed class SecondStepFlowTests(PagesHost host)
{
    [Fact]
    [Trait("Threat", "I12")]
    public async Task SignsInByBothSteps_UnderANewId_WhenAnAppIsSetUp()
    {
        using var browser = host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(browser);
        using var other = host.NewBrowser();

        var code = await other.FollowAsync(await person.SignInAsync(other, "/members?x=1"));
        code.Title.ShouldBe("Enter the code from your app");
        other.Cookie("authdog").ShouldBeNull();
        var answer = await other.SubmitAsync(code, ("code", app.NextCode()));

        answer.Location.ShouldBe("/members?x=1");
        var session = await SessionAsync(other);
        session.GetProperty("acr").GetString().ShouldBe("aal2");
        session.GetProperty("amr").EnumerateArray().Select(m => m.GetString()).ShouldBe(["mfa", "otp", "pwd"]);
        session.GetProperty("auth_time").GetInt64().ShouldBe(host.Time.GetUtcNow().ToUnixTimeSeconds());
    }

    [Fact]
    [Trait("Threat", "I12")]
    public async Task RaisesTheSessionUnderANewId_AndEndsTheOthers_WhenAnAppIsSetUp()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        using var elsewhere = host.NewBrowser();
        await person.SignInAsync(elsewhere);
        await person.SignInAsync(browser);
        var before = browser.Cookie("authdog")!;

        await AuthenticatorApp.SetUpAsync(host, browser);

        browser.Cookie("authdog").ShouldNotBe(before);
        (await SessionAsync(browser)).GetProperty("acr").GetString().ShouldBe("aal2");
        (await elsewhere.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.Mail.ReceiveAsync(person.Email, count: 2)).Subject!.ShouldContain("authenticator app was added");
    }

    [Fact]
    [Trait("Threat", "I6")]
    public async Task RefusesACode_WhenItWasUsedBefore()
    {
        using var browser = host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(browser);
        using var other = host.NewBrowser();
        var used = app.NextCode();
        (await other.SubmitAsync(await other.FollowAsync(await person.SignInAsync(other)), ("code", used))).Location.ShouldBe("/");

        using var thief = host.NewBrowser();
        var answer = await thief.SubmitAsync(await thief.FollowAsync(await person.SignInAsync(thief)), ("code", used));

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Text.ShouldContain("was used already");
        thief.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "I6")]
    public async Task LetsOneIn_WhenTwoBringTheSameCodeAtOnce()
    {
        using var browser = host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(browser);
        List<(Browser Browser, ReceivedPage Page)> racers = [];
        for (var i = 0; i < 4; i++)
        {
            var racer = host.NewBrowser();
            racers.Add((racer, await racer.FollowAsync(await person.SignInAsync(racer))));
        }

        var code = app.NextCode();
        var answers = await Task.WhenAll(racers.Select(racer => racer.Browser.SubmitAsync(racer.Page, ("code", code))));

        answers.Count(answer => answer.Status is HttpStatusCode.SeeOther).ShouldBe(1);
        racers.Count(racer => racer.Browser.Cookie("authdog") is not null).ShouldBe(1);
        racers.ForEach(racer => racer.Browser.Dispose());
    }

    [Fact]
    [Trait("Threat", "I6")]
    public async Task RefusesEvenTheRightCode_WhenThereWereTooManyTries_AndLetsTheOwnerIn()
    {
        using var owner = host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(owner);
        await owner.SubmitAsync(await owner.GetAsync(PagePaths.Logout));
        (await owner.SubmitAsync(await owner.FollowAsync(await person.SignInAsync(owner)), ("code", app.NextCode()))).Location.ShouldBe("/");
        using var thief = host.NewBrowser();
        var page = await thief.FollowAsync(await person.SignInAsync(thief));
        var tries = 0;
        ReceivedPage answer;
        while ((answer = await thief.SubmitAsync(page, ("code", app.WrongCode))).Status is HttpStatusCode.UnprocessableEntity)
        {
            tries++;
        }

        tries.ShouldBe(10);
        answer.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await thief.SubmitAsync(page, ("code", app.NextCode()))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        thief.Cookie("authdog").ShouldBeNull();

        // One mail, however many tries (OWASP ASVS 5, 6.3.5).
        host.Mail.To(person.Email).Count(mail => mail.Subject!.Contains("then a wrong code", StringComparison.Ordinal)).ShouldBe(1);

        await owner.SubmitAsync(await owner.GetAsync(PagePaths.Logout));
        (await owner.SubmitAsync(await owner.FollowAsync(await person.SignInAsync(owner)), ("code", app.NextCode()))).Location.ShouldBe("/");
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task AppCountsAgain_AfterMaliciousTries_WhenItsOwnerShowedAnotherSecondStep()
    {
        using var browser = host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(browser);
        using var thief = host.NewBrowser();
        await GuessUntilRefusedAsync(thief, person, app);

        // A browser that the account does not know is counted with the thief's.
        using var elsewhere = host.NewBrowser();
        var page = await elsewhere.FollowAsync(await person.SignInAsync(elsewhere));
        (await elsewhere.SubmitAsync(page, ("code", app.NextCode()))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        page = await elsewhere.GetAsync(Link(page, "choose=1"));
        page = await elsewhere.GetAsync(Link(page, "method=recovery-code"));
        (await elsewhere.SubmitAsync(page, ("code", app.RecoveryCodes[0]))).Location.ShouldBe("/");

        using var another = host.NewBrowser();
        (await another.SubmitAsync(await another.FollowAsync(await person.SignInAsync(another)), ("code", app.NextCode()))).Location.ShouldBe("/");
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task NewAppCountsAtOnce_WhenTheOldOneHadTooManyTries()
    {
        using var browser = host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(browser);
        using var thief = host.NewBrowser();
        await GuessUntilRefusedAsync(thief, person, app);

        var (second, _) = await AuthenticatorApp.ConfirmAsync(host, browser, await browser.GetAsync(MfaEndpoints.AddPath));

        using var another = host.NewBrowser();
        (await another.SubmitAsync(await another.FollowAsync(await person.SignInAsync(another)), ("code", second.NextCode()))).Location.ShouldBe("/");
    }

    [Fact]
    [Trait("Threat", "I6")]
    public async Task EndedApp_StaysEnded_WhenAnotherSecondStepIsShown_UntilOneIsSetUpAnew()
    {
        using var browser = host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(browser);
        EmailAddress.TryParse(person.Email, out var email).ShouldBeTrue();
        var attempts = host.Services.GetRequiredService<LoginAttempts>();
        DefaultHttpContext thief = new();
        thief.Connection.RemoteIpAddress = IPAddress.Parse("198.51.100.9");
        for (var i = 0; i < LoginAttempts.TriesInARow; i++)
        {
            (await attempts.BeginAsync(thief, TenantId.Default, email!, "totp", CancellationToken.None)).ShouldBeNull();
            await attempts.RelieveAsync(thief, TenantId.Default, email!, "totp", CancellationToken.None);
        }

        using var elsewhere = host.NewBrowser();
        var page = await elsewhere.FollowAsync(await person.SignInAsync(elsewhere));
        var refused = await elsewhere.SubmitAsync(page, ("code", app.NextCode()));
        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Text.ShouldContain("set it up anew in your account");
        page = await elsewhere.GetAsync(Link(await elsewhere.GetAsync(Link(page, "choose=1")), "method=recovery-code"));
        (await elsewhere.SubmitAsync(page, ("code", app.RecoveryCodes[0]))).Location.ShouldBe("/");
        using var another = host.NewBrowser();
        (await another.SubmitAsync(await another.FollowAsync(await person.SignInAsync(another)), ("code", app.NextCode()))).Status.ShouldBe(HttpStatusCode.TooManyRequests);

        var setup = await elsewhere.GetAsync(MfaEndpoints.AddPath);
        setup.Text.ShouldContain("now takes their place");
        var (second, _) = await AuthenticatorApp.ConfirmAsync(host, elsewhere, setup);

        page = await another.FollowAsync(await person.SignInAsync(another));
        (await another.SubmitAsync(page, ("code", app.NextCode()))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await another.SubmitAsync(page, ("code", second.NextCode()))).Location.ShouldBe("/");
    }

    [Fact]
    [Trait("Threat", "I1")]
    public async Task ShowsTheSamePages_WhetherTheAccountHasASecondStepOrNot()
    {
        using var browser = host.NewBrowser();
        var (protectedOne, _) = await PersonWithAppAsync(browser);
        using var second = host.NewBrowser();
        var plain = await Person.New().SignUpAsync(host, second);

        List<string> asked = [], refused = [];
        foreach (var person in new[] { protectedOne, plain, Person.New() })
        {
            using var stranger = host.NewBrowser();
            var page = await stranger.FollowAsync(await stranger.SubmitAsync(await stranger.GetAsync("/.authdog/login?return=/x&acr=aal2"), ("email", person.Email)));
            asked.Add(page.WithoutTokens(person.Email));
            refused.Add((await stranger.SubmitAsync(page, ("password", "wrong wrong wrong"))).WithoutTokens(person.Email));
        }

        asked.Distinct().ShouldHaveSingleItem();
        refused.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task NoTabIsStuck_WhenTwoAreAtTheSecondStep_OrTheFirstIsSentAgain()
    {
        using var browser = host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(browser);
        using var other = host.NewBrowser();
        var first = await other.FollowAsync(await other.SubmitAsync(await other.GetAsync("/.authdog/login?return=/one"), ("email", person.Email)));
        var second = await other.FollowAsync(await person.SignInAsync(other, "/two"));
        var third = await other.FollowAsync(await person.SignInAsync(other, "/three"));
        var afterFirst = await other.FollowAsync(await other.SubmitAsync(first, ("password", person.Password)));

        // Back, and the password once more: what follows is the step that is due.
        (await other.FollowAsync(await other.SubmitAsync(first, ("password", person.Password)))).Title.ShouldBe(afterFirst.Title);
        (await other.SubmitAsync(afterFirst, ("code", app.NextCode()))).Location.ShouldBe("/one");
        (await other.SubmitAsync(afterFirst, ("code", app.Code))).Location.ShouldBe("/.authdog/login?return=%2Fone&expired=1");
        (await other.FollowAsync(await other.GetAsync("/.authdog/login?return=%2Fone&expired=1"))).Location.ShouldBeNull();

        // The other tabs: by reload, and by a code of their own.
        (await other.GetAsync("/.authdog/login?flow=" + third.Form(null).Hidden["flow"])).Location.ShouldBe("/three");
        (await other.GetAsync((await other.SubmitAsync(second, ("code", app.NextCode()))).Location!)).Location.ShouldBe("/two");
    }

    [Fact]
    public async Task OffersTheOtherWays_AndRemembersTheLastOne()
    {
        using var browser = host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(browser);
        using var other = host.NewBrowser();
        var page = await other.FollowAsync(await person.SignInAsync(other));
        var choice = await other.GetAsync(Link(page, "choose=1"));
        choice.Title.ShouldBe("Choose how to confirm it is you");
        choice.Text.ShouldContain("Authenticator app");
        choice.Text.ShouldContain("Lost your device?");
        var code = await other.GetAsync(Link(choice, "method=recovery-code"));
        code.Title.ShouldBe("Enter a recovery code");
        (await other.SubmitAsync(code, ("code", app.RecoveryCodes[0]))).Location.ShouldBe("/");
        await other.SubmitAsync(await other.GetAsync(PagePaths.Logout));

        (await other.FollowAsync(await person.SignInAsync(other))).Title.ShouldBe("Enter a recovery code");
    }

    [Fact]
    [Trait("Threat", "B11")]
    public async Task BeginsAnew_WhenThePasswordIsReplacedBetweenTheSteps()
    {
        using var browser = host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(browser);
        using var thief = host.NewBrowser();
        var page = await thief.FollowAsync(await person.SignInAsync(thief));
        await browser.SubmitAsync(await browser.GetAsync("/.authdog/account/password"), "/.authdog/account/password", ("password", person.Password), ("new-password", "quite another long phrase"));

        var answer = await thief.SubmitAsync(page, ("code", app.NextCode()));

        (await thief.FollowAsync(answer)).Title.ShouldBe("Sign in");
        thief.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "B13")]
    public async Task AsksForTheSecondStep_WhenThePasswordWasRecoveredByMail()
    {
        using var browser = host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(browser);
        using var other = host.NewBrowser();
        await other.SubmitAsync(await other.GetAsync(PagePaths.Recover), ("email", person.Email));
        var page = await other.GetAsync(Mailbox.Link(await host.Mail.ReceiveAsync(person.Email, count: 3)));
        var renewed = person with { Password = "quite another long phrase" };
        await other.SubmitAsync(page, ("password", renewed.Password));

        (await other.FollowAsync(await renewed.SignInAsync(other))).Title.ShouldBe("Enter the code from your app");
        other.Cookie("authdog").ShouldBeNull();
        app.ShouldNotBeNull();
    }

    [Fact]
    [Trait("Threat", "B13")]
    public async Task RefusesAProof_WhenItIsAnotherUsersThanTheLogins()
    {
        using var browser = host.NewBrowser();
        var owner = await Person.New().SignUpAsync(host, browser);
        using var second = host.NewBrowser();
        var stranger = await Person.New().SignUpAsync(host, second);
        await using var scope = await host.ScopeAsync();
        var (owning, strange) = (await FindAsync(scope, owner), await FindAsync(scope, stranger));
        DefaultHttpContext context = new() { RequestServices = scope.ServiceProvider };
        (context.Request.Scheme, context.Request.Host) = ("http", new HostString("localhost"));
        LoginTransaction transaction = new()
        {
            Binding = "x",
            Return = "/x",
            Requirement = new LoginRequirement { AskedAt = host.Time.GetUtcNow() },
            Email = owner.Email,
            User = owning.Id,
            Proved = [AuthenticationFactor.Password(host.Time.GetUtcNow())],
        };

        await (await scope.ServiceProvider.GetRequiredService<LoginProofs>().AcceptAsync(
            context, new LoginFlow("x", transaction, 1), new LoginProof.Proved(strange, AuthenticationFactor.Password(host.Time.GetUtcNow())))).ExecuteAsync(context);

        context.Response.StatusCode.ShouldBe(403);
        (await host.Services.GetRequiredService<SessionStore>().ListAsync(TenantId.Default, strange.UserId, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SetsOneUpDuringTheLogin_WhenALevelIsAskedForThatTheAccountCannotReach()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);
        var before = browser.Cookie("authdog")!;
        var offer = await browser.FollowAsync(await browser.GetAsync("/.authdog/login?return=/admin&acr=aal2"));
        offer.Title.ShouldBe("Set up a second step");
        offer.Html.ShouldNotContain("name=\"later\"");
        var (app, answer) = await AuthenticatorApp.ConfirmAsync(host, browser, await browser.GetAsync(Link(offer, "method=totp")));

        answer.Title.ShouldBe("Keep your recovery codes");
        app.RecoveryCodes.Count.ShouldBe(10);
        answer.Html.ShouldContain("href=\"/admin\"");
        browser.Cookie("authdog").ShouldNotBe(before);
        (await SessionAsync(browser)).GetProperty("acr").GetString().ShouldBe("aal2");
        (await browser.GetAsync("/.authdog/login?return=/admin&acr=aal2")).Location.ShouldBe("/admin");
    }

    [Fact]
    [Trait("Threat", "B13")]
    public async Task AsksForThePasswordAgain_WhenASecondStepIsToBeSetUpOnAnOldSession()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);
        host.Time.Advance(TimeSpan.FromMinutes(11));

        (await browser.FollowAsync(await browser.GetAsync("/.authdog/login?return=/admin&acr=aal2"))).Title.ShouldBe("Enter your password");
        (await browser.GetAsync(MfaEndpoints.AddPath)).Location.ShouldBe("/.authdog/login?return=%2F.authdog%2Faccount%2Fsecond-steps%2Fauthenticator&max_age=600");
    }

    [Fact]
    [Trait("Threat", "I12")]
    public async Task StepUpAsksOnlyForWhatIsMissing_AndKeepsTheRest()
    {
        using var browser = host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(browser);
        await browser.SubmitAsync(await browser.GetAsync(PagePaths.Logout));
        var signedIn = await browser.SubmitAsync(await browser.FollowAsync(await person.SignInAsync(browser)), ("code", app.NextCode()));
        signedIn.Location.ShouldBe("/");
        var began = await SessionAsync(browser);
        var before = browser.Cookie("authdog")!;
        host.Time.Advance(TimeSpan.FromMinutes(20));

        (await browser.GetAsync("/.authdog/login?return=/x&acr=aal2")).Location.ShouldBe("/x");
        var page = await browser.FollowAsync(await browser.GetAsync("/.authdog/login?return=/pay&amr=otp&max_age=600"));
        page.Title.ShouldBe("Enter the code from your app");
        (await browser.SubmitAsync(page, ("code", app.NextCode()))).Location.ShouldBe("/pay");

        browser.Cookie("authdog").ShouldNotBe(before);
        var session = await SessionAsync(browser);
        session.GetProperty("amr").EnumerateArray().Select(m => m.GetString()).ShouldBe(["mfa", "otp", "pwd"]);
        session.GetProperty("auth_time").GetInt64().ShouldBe(host.Time.GetUtcNow().ToUnixTimeSeconds());

        // The password of twenty minutes ago makes no session of a further day.
        session.GetProperty("expires_at").GetInt64().ShouldBe(began.GetProperty("expires_at").GetInt64());

        // Both anew, when both are asked for anew.
        host.Time.Advance(TimeSpan.FromMinutes(20));
        page = await browser.FollowAsync(await browser.GetAsync("/.authdog/login?return=/pay&acr=aal2&max_age=600"));
        page = page.Title == "Enter your password" ? page : await browser.GetAsync(Link(await browser.GetAsync(Link(page, "choose=1")), "method=password"));
        page = await browser.FollowAsync(await browser.SubmitAsync(page, ("password", person.Password)));
        page.Title.ShouldBe("Enter the code from your app");
        (await browser.SubmitAsync(page, ("code", app.NextCode()))).Location.ShouldBe("/pay");
        (await browser.GetAsync("/.authdog/login?return=/pay&acr=aal2&max_age=600")).Location.ShouldBe("/pay");
    }

    [Fact]
    [Trait("Threat", "B11")]
    public async Task BeginsAnew_WhenTheSessionEndsDuringAStepUp()
    {
        using var browser = host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(browser);
        host.Time.Advance(TimeSpan.FromMinutes(20));
        var page = await browser.FollowAsync(await browser.GetAsync("/.authdog/login?return=/pay&amr=otp&max_age=600"));
        page.Title.ShouldBe("Enter the code from your app");
        await browser.SubmitAsync(await browser.GetAsync(PagePaths.Logout));

        var answer = await browser.FollowAsync(await browser.SubmitAsync(page, ("code", app.NextCode())));

        answer.Title.ShouldBe("Enter your password");
        answer.Text.ShouldContain(person.Email);
        browser.Cookie("authdog").ShouldBeNullOrEmpty();
    }

    private static string Link(ReceivedPage page, string part) =>
        System.Text.RegularExpressions.Regex.Matches(page.Html, "href=\"([^\"]+)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).First(link => link.Contains(part, StringComparison.Ordinal));

    private static async Task<User> FindAsync(AsyncServiceScope scope, Person person)
    {
        EmailAddress.TryParse(person.Email, out var email).ShouldBeTrue();
        return (await scope.ServiceProvider.GetRequiredService<UserDirectory>().FindByEmailAsync(email!, CancellationToken.None))!;
    }

    private static async Task<JsonElement> SessionAsync(Browser browser) => JsonDocument.Parse((await browser.GetAsync("/.authdog/session")).Html).RootElement;

    private static async Task GuessUntilRefusedAsync(Browser thief, Person person, AuthenticatorApp app)
    {
        var page = await thief.FollowAsync(await person.SignInAsync(thief));
        HttpStatusCode status;
        do
        {
            status = (await thief.SubmitAsync(page, ("code", app.WrongCode))).Status;
        }
        while (status is HttpStatusCode.UnprocessableEntity);

        status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    private async Task<(Person Person, AuthenticatorApp App)> PersonWithAppAsync(Browser browser)
    {
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);
        return (person, await AuthenticatorApp.SetUpAsync(host, browser));
    }
}
