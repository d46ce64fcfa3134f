using System.Net;
using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Recovery;

[Collection(PagesCollection.Name)]
public sealed class RecoveryFlowTests(PagesHost host)
{
    [Fact]
    public async Task EndsEverySessionAndTellsTheOwner_WhenANewPasswordIsSet()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);
        using var elsewhere = host.NewBrowser();
        var link = await RequestAsync(elsewhere, person);
        var renewed = person with { Password = "quite another long phrase" };

        (await elsewhere.GetAsync(link)).Status.ShouldBe(HttpStatusCode.OK);
        var form = await elsewhere.GetAsync(link);
        (await elsewhere.SubmitAsync(form, ("password", "short"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var done = await elsewhere.FollowAsync(await elsewhere.SubmitAsync(form, ("password", renewed.Password)));

        done.Title.ShouldBe("Your password is changed");
        elsewhere.Cookie("authdog").ShouldBeNull();
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var notice = await host.Mail.ReceiveAsync(person.Email, count: 3);
        notice.Subject.ShouldBe("Authdog: A new password was chosen for your account by a link in an e-mail.");
        (await person.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await renewed.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);

        // Whose mailbox was read by somebody else says so, by the notice, and is asked for a new one.
        var notMe = await elsewhere.GetAsync(Mailbox.Link(notice));
        notMe.Title.ShouldBe("This was not you?");
        (await elsewhere.FollowAsync(await elsewhere.SubmitAsync(notMe))).Title.ShouldBe("Choose a new password");
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await renewed.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    [Trait("Threat", "I5")]
    public async Task EndsTheLink_WhenItsOwnerDidNotAskForIt()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        var link = await RequestAsync(browser, person);
        var form = await browser.GetAsync(link);

        // A mail scanner opens both: nothing happens.
        var page = await browser.GetAsync(link + "&unasked=1");
        (await browser.GetAsync(link)).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.SubmitAsync(page)).Title.ShouldBe("The link has ended");

        (await browser.GetAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
        (await browser.SubmitAsync(form, ("password", "quite another long phrase"))).Status.ShouldBe(HttpStatusCode.Gone);
        (await person.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await host.Mail.ReceiveAsync(person.Email, count: 2)).TextBody!.ShouldContain("&unasked=1");
    }

    [Fact]
    [Trait("Threat", "I5")]
    public async Task WorksOnce_WhenTwoLinksWereSent()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        var first = await RequestAsync(browser, person);
        var second = await RequestAsync(browser, person, mails: 3);
        var form = await browser.GetAsync(second);
        (await browser.SubmitAsync(form, ("password", "quite another long phrase"))).Status.ShouldBe(HttpStatusCode.SeeOther);

        (await browser.SubmitAsync(form, ("password", "a third and longer phrase"))).Status.ShouldBe(HttpStatusCode.Gone);
        (await browser.GetAsync(second)).Status.ShouldBe(HttpStatusCode.Gone);
        (await browser.GetAsync(first)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    [Trait("Threat", "I1")]
    public async Task AnswersTheSame_WhenNobodyIsKnown()
    {
        using var browser = host.NewBrowser();
        var known = await Person.New().SignUpAsync(host, browser);
        List<string> answers = [];
        foreach (var email in new[] { known.Email, Person.New().Email })
        {
            var sent = await browser.SubmitAsync(await browser.GetAsync(PagePaths.Recover), ("email", email));
            sent.Status.ShouldBe(HttpStatusCode.SeeOther);
            answers.Add(sent.Location + (await browser.FollowAsync(sent)).WithoutTokens());
        }

        answers[0].ShouldBe(answers[1]);
        await host.Mail.ReceiveAsync(known.Email, count: 2);
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task LetsTheOwnerIn_WhenTheAccountHasToRest()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        while ((await person.SignInAsync(browser, password: "wrong wrong wrong")).Status != HttpStatusCode.TooManyRequests)
        {
        }

        var renewed = person with { Password = "quite another long phrase" };
        var form = await browser.GetAsync(await RequestAsync(browser, person));
        await browser.SubmitAsync(form, ("password", renewed.Password));

        (await renewed.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    [Trait("Threat", "B12")]
    public async Task MailsTheVerifiedAddress_WhenAnotherSpellingIsTyped()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        var typed = person.Email.ToUpperInvariant();

        await browser.SubmitAsync(await browser.GetAsync(PagePaths.Recover), ("email", typed));

        (await host.Mail.ReceiveAsync(person.Email, count: 2)).Subject.ShouldNotBeEmpty();
        host.Mail.To(typed[..typed.IndexOf('@', StringComparison.Ordinal)] + "@example.com").ShouldBeEmpty();
    }

    private async Task<string> RequestAsync(Browser browser, Person person, int mails = 2)
    {
        var sent = await browser.SubmitAsync(await browser.GetAsync(PagePaths.Recover), ("email", person.Email));
        sent.Status.ShouldBe(HttpStatusCode.SeeOther);
        return Mailbox.Link(await host.Mail.ReceiveAsync(person.Email, mails));
    }
}
