using System.Net;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Tests.Redis;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Login;

[Collection(PagesCollection.Name)]
public sealed class SignInFlowTests(PagesHost host)
{
    [Fact]
    public async Task ReturnsToTheRequestedPage_WhenSignedUpVerifiedAndSignedIn()
    {
        using var browser = host.NewBrowser();
        var person = Person.New();

        var code = await person.BeginSignUpAsync(browser, "/members?x=1");
        code.Title.ShouldBe("Check your inbox");
        var mail = await host.Mail.ReceiveAsync(person.Email);
        var verified = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync(Mailbox.Link(mail))));
        verified.Title.ShouldBe("Your address is confirmed");
        verified.Text.ShouldContain("/.authdog/login?return=%2Fmembers%3Fx%3D1");
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);

        var answer = await person.SignInAsync(browser, "/members?x=1");

        answer.Status.ShouldBe(HttpStatusCode.SeeOther);
        answer.Location.ShouldBe("/members?x=1");
        var session = await browser.GetAsync("/.authdog/session");
        session.Status.ShouldBe(HttpStatusCode.OK);
        session.Html.ShouldContain(person.Email);
        session.Html.ShouldContain("Ada");
    }

    [Fact]
    public async Task GoesStraightOn_WhenAlreadySignedIn()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);

        (await browser.GetAsync("/.authdog/login?return=/x")).Location.ShouldBe("/x");
        (await browser.FollowAsync(await browser.GetAsync("/.authdog/login?return=/x&prompt=login"))).Title.ShouldBe("Enter your password");
        (await browser.FollowAsync(await browser.GetAsync("/.authdog/login?return=/x&acr=aal3"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.FollowAsync(await browser.GetAsync("/.authdog/login?return=/x&amr=face"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        host.Time.Advance(TimeSpan.FromSeconds(90));
        (await browser.FollowAsync(await browser.GetAsync("/.authdog/login?return=/x&max_age=60"))).Title.ShouldBe("Enter your password");
        (await browser.GetAsync("/.authdog/login?return=/x&max_age=600")).Location.ShouldBe("/x");
    }

    [Fact]
    [Trait("Threat", "I12")]
    public async Task ReplacesTheSession_WhenSigningInAgain()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);
        var first = browser.Cookie("authdog")!;

        var page = await browser.FollowAsync(await browser.GetAsync("/.authdog/login?prompt=login"));
        await browser.SubmitAsync(page, ("password", person.Password));

        browser.Cookie("authdog").ShouldNotBe(first);
        using var thief = host.NewBrowser();
        thief.Cookies.Add(host.Address, new Cookie("authdog", first));
        (await thief.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SignsInInBothTabs_WhenTwoAreOpen()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        var first = await browser.GetAsync("/.authdog/login?return=/one");
        var second = await browser.GetAsync("/.authdog/login?return=/two");
        first = await browser.FollowAsync(await browser.SubmitAsync(first, ("email", person.Email)));
        second = await browser.FollowAsync(await browser.SubmitAsync(second, ("email", person.Email)));

        (await browser.SubmitAsync(first, ("password", person.Password))).Location.ShouldBe("/one");
        (await browser.SubmitAsync(second, ("password", person.Password))).Location.ShouldBe("/two");
    }

    [Fact]
    [Trait("Threat", "I1")]
    public async Task AnswersTheSame_WhenThePasswordIsWrongOrNobodyIsKnown()
    {
        using var browser = host.NewBrowser();
        var known = await Person.New().SignUpAsync(host, browser);
        var unverified = Person.New();
        await unverified.BeginSignUpAsync(browser);
        var unknown = Person.New();

        var answers = new List<string>();
        foreach (var person in new[] { known, unverified, unknown })
        {
            var page = await person.SignInAsync(browser, password: person == known ? "wrong wrong wrong" : person.Password);
            page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            answers.Add(page.WithoutTokens(person.Email));
        }

        answers[0].ShouldContain("do not match");
        answers[1].ShouldBe(answers[0]);
        answers[2].ShouldBe(answers[0]);
    }

    /// <summary>Counts the work instead of timing it: each password that is hashed moves what the queue says of its pace. How long it takes, <see cref="EnumerationTests"/> compare.</summary>
    [Fact]
    [Trait("Threat", "I1")]
    public async Task HashesAsMuch_WhenNobodyIsKnown()
    {
        using var browser = host.NewBrowser();
        var known = await Person.New().SignUpAsync(host, browser);
        var unverified = Person.New();
        await unverified.BeginSignUpAsync(browser);
        var queue = host.Services.GetRequiredService<HashingQueue>();
        foreach (var person in new[] { known, unverified, Person.New() })
        {
            var page = await browser.GetAsync(PagePaths.Login);
            page = await browser.FollowAsync(await browser.SubmitAsync(page, ("email", person.Email)));
            var pace = queue.PerSecond;
            await browser.SubmitAsync(page, ("password", "wrong wrong wrong"));

            // The thread measures after it has answered.
            await Eventually.TrueAsync(() => Task.FromResult(!queue.PerSecond.Equals(pace)));
        }
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task EndsThePasswordUntilRecovery_WhenAHundredTriesInARowWereWrong()
    {
        using var owner = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, owner);
        await person.SignInAsync(owner);
        EmailAddress.TryParse(person.Email, out var email).ShouldBeTrue();
        var attempts = host.Services.GetRequiredService<LoginAttempts>();
        var rates = host.Services.GetRequiredService<RateLimits>();
        for (var i = 0; i < LoginAttempts.TriesInARow; i++)
        {
            // Fifteen minutes later, each time.
            await rates.ForgetAsync([attempts.Account(TenantId.Default, email!, "login", browser: null)], CancellationToken.None);
            (await attempts.BeginAsync(new DefaultHttpContext(), TenantId.Default, email, CancellationToken.None)).ShouldBeNull();
        }

        await rates.ForgetAsync([attempts.Account(TenantId.Default, email!, "login", browser: null)], CancellationToken.None);
        using var stranger = host.NewBrowser();
        var answer = await person.SignInAsync(stranger);
        answer.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Text.ShouldContain("works no more");
        await owner.SubmitAsync(await owner.GetAsync(PagePaths.Logout));
        (await person.SignInAsync(owner)).Status.ShouldBe(HttpStatusCode.SeeOther);

        var asked = await stranger.GetAsync(PagePaths.Recover);
        await stranger.SubmitAsync(asked, ("email", person.Email));
        var page = await stranger.GetAsync(Mailbox.Link(await host.Mail.ReceiveAsync(person.Email, count: 2)));
        var renewed = person with { Password = "quite another long phrase" };
        (await stranger.SubmitAsync(page, ("password", renewed.Password))).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await renewed.SignInAsync(stranger)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Threat", "B11")]
    public async Task SignsNobodyIn_WhenTheAccountChangesWhileThePasswordIsJudged(bool disabled)
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        EmailAddress.TryParse(person.Email, out var email).ShouldBeTrue();
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Id = TenantId.Default;
        var judged = (await scope.ServiceProvider.GetRequiredService<UserDirectory>().FindByEmailAsync(email!, CancellationToken.None))!;
        await using (var beside = host.Services.CreateAsyncScope())
        {
            beside.ServiceProvider.GetRequiredService<CurrentTenant>().Id = TenantId.Default;
            var users = beside.ServiceProvider.GetRequiredService<UserDirectory>();
            var changed = (await users.FindAsync(judged.UserId, CancellationToken.None))!;
            await (disabled ? users.SetDisabledAsync(changed, true, CancellationToken.None) : users.SetPasswordHashAsync(changed, judged.PasswordHash!, CancellationToken.None));
        }

        DefaultHttpContext context = new() { RequestServices = scope.ServiceProvider };
        context.Request.Host = new HostString("localhost");
        await scope.ServiceProvider.GetRequiredService<LoginCompletion>().SignInAsync(context, judged, [AuthenticationFactor.Password(TimeProvider.System.GetUtcNow())]);

        (await host.Services.GetRequiredService<SessionStore>().ListAsync(TenantId.Default, judged.UserId, CancellationToken.None)).ShouldBeEmpty();
        context.Response.Headers.SetCookie.ShouldHaveSingleItem()!.ShouldStartWith("authdog=; expires=");
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task LetsTheOwnerIn_WhenAStrangerExhaustedTheTries()
    {
        using var owner = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, owner);
        await person.SignInAsync(owner);
        using var stranger = host.NewBrowser();
        ReceivedPage answer;
        var tries = 0;
        do
        {
            answer = await person.SignInAsync(stranger, password: "wrong wrong wrong");
        }
        while (answer.Status == HttpStatusCode.UnprocessableEntity && ++tries < 50);

        tries.ShouldBe(10);
        answer.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.ShouldContainKey("Retry-After");
        (await person.SignInAsync(stranger)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        await owner.SubmitAsync(await owner.GetAsync("/.authdog/logout"));
        (await person.SignInAsync(owner)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    [Trait("Threat", "B18")]
    public async Task StoresNothing_WhenTheLoginPageIsOnlyLookedAt()
    {
        using var browser = host.NewBrowser();
        await browser.GetAsync(PagePaths.Login);
        var before = await host.CountRecordsAsync("login");
        ReceivedPage page = null!;
        for (var i = 0; i < 10; i++)
        {
            page = await browser.GetAsync("/.authdog/login?return=/x");
        }

        (await host.CountRecordsAsync("login")).ShouldBe(before);
        page = await browser.SubmitAsync(page, ("email", Person.New().Email));
        (await host.CountRecordsAsync("login")).ShouldBe(before + 1);
        (await browser.FollowAsync(page)).Html.ShouldContain("name=\"password\"");
    }

    [Fact]
    [Trait("Threat", "B15")]
    public async Task StartsAnew_WhenTheSealedTransactionIsAnotherBrowsersOrChanged()
    {
        using var attacker = host.NewBrowser();
        var sealedFlow = (await attacker.GetAsync("/.authdog/login?return=/x")).Form(null).Hidden["flow"];
        using var victim = host.NewBrowser();
        var own = await victim.GetAsync("/.authdog/login?return=/x");
        var person = Person.New();
        (await victim.SubmitAsync(own, ("flow", sealedFlow), ("email", person.Email))).Location.ShouldBe("/.authdog/login?return=%2Fx&expired=1");
        (await victim.SubmitAsync(own, ("flow", sealedFlow[..^1]), ("email", person.Email))).Location.ShouldBe("/.authdog/login?return=%2Fx&expired=1");
        (await victim.SubmitAsync(own, ("email", person.Email))).Location!.ShouldStartWith("/.authdog/login?flow=");
    }

    [Fact]
    [Trait("Threat", "B15")]
    public async Task StartsAnew_WhenTheTransactionIsAnotherBrowsers()
    {
        using var attacker = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, attacker);
        var theirs = await attacker.GetAsync("/.authdog/login?return=/x");
        theirs = await attacker.FollowAsync(await attacker.SubmitAsync(theirs, ("email", person.Email)));
        using var victim = host.NewBrowser();
        var own = await victim.GetAsync("/.authdog/login?return=/x");
        var hidden = theirs.Form(null).Hidden;
        hidden["__RequestVerificationToken"] = own.Form(null).Hidden["__RequestVerificationToken"];
        hidden["password"] = person.Password;

        var answer = await victim.PostAsync(PagePaths.Login, hidden);

        answer.Location.ShouldBe("/.authdog/login?return=%2Fx&expired=1");
        victim.Cookie("authdog").ShouldBeNull();
        (await victim.FollowAsync(answer)).Text.ShouldContain("start again");
    }

    [Fact]
    [Trait("Threat", "B15")]
    public async Task IsRefusedWithAWayOn_WhenTheAntiforgeryTokenIsMissing()
    {
        using var browser = host.NewBrowser();
        var page = await browser.GetAsync("/.authdog/login");
        var form = page.Form(null);
        form.Hidden.Remove("__RequestVerificationToken");

        var answer = await browser.PostAsync(form.Action, form.Hidden);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Title.ShouldBe("This page has expired");
        answer.Text.ShouldContain("href=\"/.authdog/login?flow=");
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [Trait("Threat", "B8")]
    public async Task EndsOnTheStartPage_WhenTheReturnLeadsElsewhere(string target)
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);

        (await person.SignInAsync(browser, target)).Location.ShouldBe("/");
        (await browser.GetAsync("/.authdog/login?return=" + Uri.EscapeDataString(target))).Location.ShouldBe("/");
    }

    [Fact]
    [Trait("Threat", "B18")]
    public async Task IsRefused_WhenTheBodyIsTooLargeOrNoForm()
    {
        using var browser = host.NewBrowser();
        (await browser.PostAsync(PagePaths.Login, [KeyValuePair.Create("email", new string('a', 70_000))])).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await browser.PostAsync(PagePaths.Login, Enumerable.Range(0, 100).Select(i => KeyValuePair.Create($"f{i}", "x")))).Status.ShouldBe(HttpStatusCode.BadRequest);
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        (await browser.Client.PostAsync(PagePaths.Login, json)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task EndsTheSession_WhenSigningOutIsConfirmed()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);

        var confirm = await browser.GetAsync("/.authdog/logout");
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
        var done = await browser.FollowAsync(await browser.SubmitAsync(confirm));

        done.Title.ShouldBe("You are signed out");
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
