using System.Net;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Accounts;

/// <summary>An account moves to another address.</summary>
[Collection(PagesCollection.Name)]
public sealed class AddressTests(PagesHost host)
{
    [Fact]
    public async Task MovesAndSessionsFollow_WhenTheCodeIsRight()
    {
        using var browser = host.NewBrowser();
        using var other = host.NewBrowser();
        var person = await SignInAsync(browser);
        await person.SignInAsync(other);
        var moved = person with { Email = Person.New().Email };

        var asked = await BeginAsync(browser, moved.Email);
        (await browser.SubmitAsync(asked, "/.authdog/account/email/code", ("code", "000000"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var done = await browser.FollowAsync(await browser.SubmitAsync(asked, "/.authdog/account/email/code", ("code", Mailbox.Code(await host.Mail.ReceiveAsync(moved.Email)))));

        done.Text.ShouldContain("Your address is changed");
        (await other.GetAsync("/.authdog/session")).Html.ShouldContain(moved.Email);
        (await host.Mail.ReceiveAsync(person.Email, count: 3)).Subject.ShouldEndWith("The e-mail address of your account was changed.");
        using var fresh = host.NewBrowser();
        using var stale = host.NewBrowser();
        (await moved.SignInAsync(fresh)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await person.SignInAsync(stale)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    [Trait("Threat", "B12")]
    public async Task DoesNotMove_WhenAStrangerOpensTheLink()
    {
        using var browser = host.NewBrowser();
        using var stranger = host.NewBrowser();
        var person = await SignInAsync(browser);
        await SignInAsync(stranger);
        var moved = person with { Email = Person.New().Email };
        await BeginAsync(browser, moved.Email);
        var link = Mailbox.Link(await host.Mail.ReceiveAsync(moved.Email));

        (await stranger.GetAsync(link)).Text.ShouldContain("Start again");
        using var nobody = host.NewBrowser();
        (await nobody.GetAsync(link)).Location!.ShouldStartWith("/.authdog/login?return=%2F.authdog%2Faccount%2Femail%2Fconfirm%3Ftoken");

        var page = await browser.GetAsync(link);
        (await browser.GetAsync("/.authdog/session")).Html.ShouldContain(person.Email);
        (await browser.FollowAsync(await browser.SubmitAsync(page))).Text.ShouldContain("Your address is changed");
    }

    [Fact]
    public async Task MovesBack_WhenTheOldAddressSaysThatItWasNotThem()
    {
        using var thief = host.NewBrowser();
        using var owner = host.NewBrowser();
        var person = await SignInAsync(thief);
        var moved = person with { Email = Person.New().Email };
        var asked = await BeginAsync(thief, moved.Email);
        await thief.SubmitAsync(asked, "/.authdog/account/email/code", ("code", Mailbox.Code(await host.Mail.ReceiveAsync(moved.Email))));
        var undo = Mailbox.Link(await host.Mail.ReceiveAsync(person.Email, count: 2));

        host.Time.Advance(TimeSpan.FromSeconds(1));

        // The thief changes the password too, and says in the new mailbox that it was not them: the owner's older link still works.
        await thief.SubmitAsync(await thief.GetAsync("/.authdog/account/password"), ("password", person.Password), ("new-password", "the thief's own long phrase"));
        await thief.SubmitAsync(await thief.GetAsync(Mailbox.Link(await host.Mail.ReceiveAsync(moved.Email, count: 2))));
        var recovery = await owner.FollowAsync(await owner.SubmitAsync(await owner.GetAsync(undo)));
        await owner.SubmitAsync(recovery, ("password", "a new and much longer phrase"));

        (await (person with { Password = "a new and much longer phrase" }).SignInAsync(owner)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await owner.GetAsync("/.authdog/session")).Html.ShouldContain(person.Email);
        (await thief.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("Threat", "I1")]
    public async Task AnswersTheSame_WhenTheAddressIsTaken()
    {
        using var browser = host.NewBrowser();
        using var other = host.NewBrowser();
        await SignInAsync(browser);
        var taken = await SignInAsync(other);
        var free = Person.New().Email;

        var atFree = await BeginAsync(browser, free);
        var atTaken = await BeginAsync(browser, taken.Email, forget: true);

        atTaken.WithoutTokens(taken.Email).ShouldBe(atFree.WithoutTokens(free));
        (await host.Mail.ReceiveAsync(taken.Email, count: 2)).Subject!.ShouldContain("already have an account");
    }

    [Fact]
    [Trait("Threat", "I5")]
    public async Task TakesNoSixthTry_WhenCodesAreGuessed()
    {
        using var browser = host.NewBrowser();
        await SignInAsync(browser);
        var target = Person.New().Email;
        var asked = await BeginAsync(browser, target);
        var code = Mailbox.Code(await host.Mail.ReceiveAsync(target));

        for (var guess = 0; guess < 5; guess++)
        {
            await browser.SubmitAsync(asked, "/.authdog/account/email/code", ("code", code == "123456" ? "654321" : "123456"));
        }

        (await browser.SubmitAsync(asked, "/.authdog/account/email/code", ("code", code))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    private async Task<Person> SignInAsync(Browser browser)
    {
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);
        return person;
    }

    private static async Task<ReceivedPage> BeginAsync(Browser browser, string email, bool forget = false)
    {
        var page = await browser.GetAsync("/.authdog/account/email");
        if (forget)
        {
            page = await browser.FollowAsync(await browser.SubmitAsync(page, "/.authdog/account/email/forget"));
        }

        return await browser.FollowAsync(await browser.SubmitAsync(page, ("email", email)));
    }
}
