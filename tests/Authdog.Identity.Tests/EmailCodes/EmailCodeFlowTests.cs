using System.Net;
using System.Text.Json;
using Authdog.Identity.EmailCodes;
using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Mfa;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.EmailCodes;

[Collection(SecondStepsCollection.Name)]
public sealed class EmailCodeFlowTests(SecondStepsHost fixture)
{
    private readonly PagesHost _host = fixture.Host;

    [Fact]
    public async Task SignsInByTheCode_WhichShowsNoKindOfFactor()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        var page = await SendAsync(browser, person, "/x");
        page.Title.ShouldBe("Check your inbox");

        var answer = await browser.SubmitAsync(page, ("code", Mailbox.Code(await _host.Mail.ReceiveAsync(person.Email, count: 2))));

        answer.Location.ShouldBe("/x");
        var session = JsonDocument.Parse((await browser.GetAsync("/.authdog/session")).Html).RootElement;
        session.GetProperty("acr").GetString().ShouldBe("aal1");
        session.GetProperty("amr").EnumerateArray().Select(m => m.GetString()).ShouldBe(["mca"]);
    }

    [Fact]
    [Trait("Threat", "I5")]
    public async Task SignsInByTheLink_Once_AndOnlyWhenItsButtonIsPressed()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        var sent = await SendAsync(browser, person, "/x");
        var mail = await _host.Mail.ReceiveAsync(person.Email, count: 2);

        // A scanner, and another browser, open it and even press the button: nothing is consumed, nobody is let in.
        using var scanner = _host.NewBrowser();
        var seen = await scanner.GetAsync(Mailbox.Link(mail));
        seen.Title.ShouldBe("Open this link where you began");
        seen.Html.ShouldNotContain(Mailbox.Code(mail));
        var own = await browser.GetAsync(Mailbox.Link(mail));
        own.Title.ShouldBe("Go on with signing in");
        var theirs = (await scanner.GetAsync(PagePaths.Recover)).Form(null).Hidden;
        theirs["token"] = own.Form(null).Hidden["token"];
        (await scanner.PostAsync(EmailCodeEndpoints.LinkPath, theirs)).Status.ShouldBe(HttpStatusCode.Gone);
        scanner.Cookie("authdog").ShouldBeNull();

        (await browser.SubmitAsync(own)).Location.ShouldBe("/x");

        // The link is over, and so is the code of the same mail.
        (await browser.GetAsync(Mailbox.Link(mail))).Status.ShouldBe(HttpStatusCode.Gone);
        await browser.SubmitAsync(await browser.GetAsync(PagePaths.Logout));
        (await browser.SubmitAsync(sent, ("code", Mailbox.Code(mail)))).Location.ShouldBe("/.authdog/login?return=%2Fx&expired=1");
    }

    [Fact]
    [Trait("Threat", "I5")]
    public async Task RefusesTheCode_WhenItIsOfAnotherLogin_OrReplaced_OrTooOld()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        var page = await SendAsync(browser, person, "/x");
        var first = Mailbox.Code(await _host.Mail.ReceiveAsync(person.Email, count: 2));
        using var thief = _host.NewBrowser();
        var theirs = await SendAsync(thief, person, "/x");
        var second = Mailbox.Code(await _host.Mail.ReceiveAsync(person.Email, count: 3));
        if (first != second)
        {
            (await thief.SubmitAsync(theirs, ("code", first))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        page = await browser.FollowAsync(await browser.SubmitAsync(page, ("send", "1")));
        var third = Mailbox.Code(await _host.Mail.ReceiveAsync(person.Email, count: 4));
        if (first != third)
        {
            (await browser.SubmitAsync(page, ("code", first))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        _host.Time.Advance(TimeSpan.FromMinutes(10));
        (await browser.SubmitAsync(page, ("code", third))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        browser.Cookie("authdog").ShouldBeNull();
        thief.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "I5")]
    public async Task RefusesTheRightCode_AfterFiveTries_AndAfterTwentyADayWithNewCodes()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        var page = await SendAsync(browser, person, "/x");
        for (var sending = 2; ; sending++)
        {
            var code = Mailbox.Code(await _host.Mail.ReceiveAsync(person.Email, sending));
            for (var i = 0; i < SentCodes.TriesPerCode; i++)
            {
                (await browser.SubmitAsync(page, ("code", code == "000000" ? "000001" : "000000"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            }

            (await browser.SubmitAsync(page, ("code", code))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            page = await browser.FollowAsync(await browser.SubmitAsync(page, ("send", "1")));
            if (sending == 5)
            {
                break;
            }
        }

        // The twenty of this day are used up: even the first try at a fresh code.
        (await browser.SubmitAsync(page, ("code", Mailbox.Code(await _host.Mail.ReceiveAsync(person.Email, count: 6))))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        browser.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "I5")]
    public async Task LetsOneIn_WhenTheSameCodeIsSentTwiceAtOnce()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        var page = await SendAsync(browser, person, "/x");
        var code = Mailbox.Code(await _host.Mail.ReceiveAsync(person.Email, count: 2));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.SubmitAsync(page, ("code", code))));

        answers.Count(answer => answer.Headers.TryGetValue("Set-Cookie", out var cookies) && cookies.Contains("authdog=", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    [Trait("Threat", "I1")]
    public async Task AnswersTheSame_WhenNobodyIsKnown_AndSendsNothing()
    {
        using var browser = _host.NewBrowser();
        var known = await Person.New().SignUpAsync(_host, browser);
        var unknown = Person.New();
        List<string> answers = [];
        foreach (var person in new[] { known, unknown })
        {
            using var stranger = _host.NewBrowser();
            var choice = await stranger.GetAsync(Address(await stranger.FollowAsync(await stranger.SubmitAsync(await stranger.GetAsync("/.authdog/login?return=/x"), ("email", person.Email))), "choose=1"));
            var sent = await SendAsync(stranger, person, "/x");
            var wrong = await stranger.SubmitAsync(sent, ("code", "12345"));
            answers.Add(string.Concat(new[] { choice, sent, wrong }.Select(page => page.WithoutTokens(person.Email))));
        }

        answers[1].ShouldBe(answers[0]);
        _host.Mail.To(unknown.Email).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Threat", "I5")]
    public async Task SendsNoMore_WhenAnAddressGotItsShare_AndSaysTheSame()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        var page = await SendAsync(browser, person, "/x");
        for (var i = 0; i < 7; i++)
        {
            page = await browser.FollowAsync(await browser.SubmitAsync(page, ("send", "1")));
            page.Title.ShouldBe("Check your inbox");
        }

        await _host.Mail.ReceiveAsync(person.Email, count: 6);
        await Task.Delay(200);
        _host.Mail.To(person.Email).Count(mail => mail.Subject!.Contains("sign-in code", StringComparison.Ordinal)).ShouldBe(5);
    }

    [Fact]
    [Trait("Threat", "B13")]
    public async Task IsNoWayAroundTheSecondStep_AndNoneOfTheTwo()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        await person.SignInAsync(browser);
        var app = await AuthenticatorApp.SetUpAsync(_host, browser);
        using var thief = _host.NewBrowser();
        var page = await SendAsync(thief, person, "/x");
        page = await thief.FollowAsync(await thief.SubmitAsync(page, ("code", Mailbox.Code(await _host.Mail.ReceiveAsync(person.Email, count: 3)))));

        // Mail shows nothing of either kind: password and app are both due.
        page.Title.ShouldBe("Enter your password");
        thief.Cookie("authdog").ShouldBeNull();
        page = await thief.FollowAsync(await thief.SubmitAsync(page, ("password", person.Password)));
        page.Title.ShouldBe("Enter the code from your app");
        (await thief.SubmitAsync(page, ("code", app.NextCode()))).Location.ShouldBe("/x");
    }

    private static string Address(ReceivedPage page, string part) =>
        System.Text.RegularExpressions.Regex.Matches(page.Html, "href=\"([^\"]+)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).First(link => link.Contains(part, StringComparison.Ordinal));

    private static async Task<ReceivedPage> SendAsync(Browser browser, Person person, string target)
    {
        var page = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync("/.authdog/login?return=" + Uri.EscapeDataString(target)), ("email", person.Email)));
        page = await browser.GetAsync(Address(await browser.GetAsync(Address(page, "choose=1")), "method=email-code"));
        page.Title.ShouldBe("Sign in by e-mail");
        return await browser.FollowAsync(await browser.SubmitAsync(page, ("send", "1")));
    }
}
