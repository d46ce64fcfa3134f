using System.Net;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.SignUp;

[Collection(PagesCollection.Name)]
public sealed class SignUpFlowTests(PagesHost host)
{
    [Fact]
    public async Task MakesTheUserOnlyNow_WhenTheCodeIsTyped()
    {
        using var browser = host.NewBrowser();
        var person = Person.New();
        var page = await person.BeginSignUpAsync(browser);
        var mail = await host.Mail.ReceiveAsync(person.Email);
        (await FindAsync(person)).ShouldBeNull();

        var code = Mailbox.Code(mail);
        var answer = await browser.FollowAsync(await browser.SubmitAsync(page, ("code", $" {code[..3]} {code[3..]} ")));

        answer.Title.ShouldBe("Your address is confirmed");
        var user = await FindAsync(person);
        user.ShouldNotBeNull().EmailConfirmed.ShouldBeTrue();
        (await person.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    [Trait("Threat", "I5")]
    public async Task TakesNoMoreCodes_WhenFiveWereWrong()
    {
        using var browser = host.NewBrowser();
        var person = Person.New();
        var page = await person.BeginSignUpAsync(browser);
        var right = Mailbox.Code(await host.Mail.ReceiveAsync(person.Email));
        var wrong = right == "000000" ? "000001" : "000000";
        for (var i = 0; i < 5; i++)
        {
            page = await browser.SubmitAsync(page, ("code", wrong));
            page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        (await browser.SubmitAsync(page, ("code", right))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await FindAsync(person)).ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "I5")]
    public async Task TakesNoMoreCodes_WhenSignUpIsBegunAnewForMoreTries()
    {
        using var browser = host.NewBrowser();
        var person = Person.New();
        for (var sent = 1; sent <= 4; sent++)
        {
            var guessing = await person.BeginSignUpAsync(browser);
            var code = Mailbox.Code(await host.Mail.ReceiveAsync(person.Email, count: sent));
            for (var i = 0; i < 5; i++)
            {
                await browser.SubmitAsync(guessing, ("code", code == "000000" ? "000001" : "000000"));
            }
        }

        var page = await person.BeginSignUpAsync(browser);
        var mail = await host.Mail.ReceiveAsync(person.Email, count: 5);

        (await browser.SubmitAsync(page, ("code", Mailbox.Code(mail)))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await FindAsync(person)).ShouldBeNull();
        (await browser.SubmitAsync(await browser.GetAsync(Mailbox.Link(mail)))).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    [Trait("Threat", "I5")]
    public async Task TakesNoCode_WhenItIsTooOldOrTypedElsewhere()
    {
        using var browser = host.NewBrowser();
        var person = Person.New();
        var page = await person.BeginSignUpAsync(browser);
        var code = Mailbox.Code(await host.Mail.ReceiveAsync(person.Email));

        using var elsewhere = host.NewBrowser();
        var hidden = page.Form(null).Hidden;
        hidden["__RequestVerificationToken"] = (await elsewhere.GetAsync(PagePaths.Login)).Form(null).Hidden["__RequestVerificationToken"];
        hidden["code"] = code;
        (await elsewhere.PostAsync(PagePaths.VerifyEmail, hidden)).Status.ShouldBe(HttpStatusCode.Gone);

        host.Time.Advance(TimeSpan.FromMinutes(11));
        (await browser.SubmitAsync(page, ("code", code))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await FindAsync(person)).ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "I5")]
    public async Task StillWorksOnce_WhenAScannerOpenedTheLinkBefore()
    {
        using var browser = host.NewBrowser();
        var person = Person.New();
        await person.BeginSignUpAsync(browser);
        var link = Mailbox.Link(await host.Mail.ReceiveAsync(person.Email));
        using var scanner = host.NewBrowser();
        for (var i = 0; i < 3; i++)
        {
            (await scanner.GetAsync(link)).Status.ShouldBe(HttpStatusCode.OK);
        }

        var page = await browser.GetAsync(link);
        page.Headers["Referrer-Policy"].ShouldBe("no-referrer");
        (await browser.SubmitAsync(page)).Status.ShouldBe(HttpStatusCode.SeeOther);

        (await browser.SubmitAsync(page)).Status.ShouldBe(HttpStatusCode.Gone);
        (await browser.GetAsync(link)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    [Trait("Threat", "I4")]
    public async Task TrustsNoPassword_WhenTheLinkIsOpenedInAnotherBrowser()
    {
        using var attacker = host.NewBrowser();
        var planted = Person.New();
        await planted.BeginSignUpAsync(attacker);
        var link = Mailbox.Link(await host.Mail.ReceiveAsync(planted.Email));
        using var owner = host.NewBrowser();
        var own = planted with { Password = "the owner's own long words" };

        var page = await owner.GetAsync(link);
        page.Html.ShouldContain("name=\"password\"");
        (await owner.SubmitAsync(page)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await owner.SubmitAsync(page, ("password", own.Password))).Status.ShouldBe(HttpStatusCode.SeeOther);

        (await planted.SignInAsync(attacker)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await own.SignInAsync(owner)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await FindAsync(own))!.Name.ShouldBeNull();
    }

    [Theory]
    [InlineData("Ada\u202egpj.exe")]
    [InlineData("Ada\u2028Admin")]
    [InlineData("Ada\u2067")]
    [InlineData("Ada\u0007")]
    [Trait("Threat", "I13")]
    public async Task RefusesTheName_WhenItTurnsTheTextAround(string name)
    {
        using var browser = host.NewBrowser();
        var person = Person.New();
        var form = await browser.GetAsync(PagePaths.SignUp);

        (await browser.SubmitAsync(form, ("email", person.Email), ("name", name), ("password", person.Password))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await browser.SubmitAsync(form, ("email", person.Email), ("name", "\u05d0\u05d3\u05d4 \U0001F469\u200D\U0001F4BB"), ("password", person.Password))).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    [Trait("Threat", "I1")]
    public async Task AnswersTheSameAndMailsTheOwner_WhenTheAddressIsTaken()
    {
        using var browser = host.NewBrowser();
        var taken = await Person.New().SignUpAsync(host, browser);
        var free = Person.New();
        using var stranger = host.NewBrowser();
        List<string> answers = [];
        foreach (var person in new[] { taken, free })
        {
            var form = await stranger.GetAsync(PagePaths.SignUp);
            var sent = await stranger.SubmitAsync(form, ("email", person.Email), ("name", ""), ("password", "another long passphrase"));
            sent.Status.ShouldBe(HttpStatusCode.SeeOther);
            var page = await stranger.FollowAsync(sent);
            answers.Add(page.WithoutTokens(person.Email));
            answers.Add((await stranger.SubmitAsync(page, ("code", "12345"))).WithoutTokens(person.Email));
        }

        answers[0].ShouldBe(answers[2]);
        answers[1].ShouldBe(answers[3]);
        var mail = await host.Mail.ReceiveAsync(taken.Email, count: 2);
        mail.Subject.ShouldBe("You already have an account with Authdog");
        Mailbox.Link(mail).ShouldBe(PagesHost.PublicUrl + PagePaths.Login);
        (await taken.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task NamesEachFieldsError_WhenTheFormIsWrong()
    {
        using var browser = host.NewBrowser();
        var page = await browser.SubmitAsync(await browser.GetAsync(PagePaths.SignUp), ("email", "ada@example.com"), ("name", new string('x', 101)), ("password", "short"));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Html.ShouldContain("aria-describedby=\"password-error password-hint\"");
        page.Html.ShouldContain("id=\"name-error\"");
        page.Html.ShouldContain("value=\"ada@example.com\"");
        page.Html.ShouldNotContain("value=\"short\"");
    }

    [Fact]
    [Trait("Threat", "I13")]
    public async Task LinksToThePublicUrl_WhenTheHostHeaderLies()
    {
        using var browser = host.NewBrowser();
        browser.Client.DefaultRequestHeaders.Host = "localhost.evil.example";
        var person = Person.New();
        var page = await browser.GetAsync(PagePaths.SignUp);
        await browser.SubmitAsync(page, ("email", person.Email), ("name", "https://evil.example"), ("password", person.Password));

        var mail = await host.Mail.ReceiveAsync(person.Email);

        Mailbox.Link(mail).ShouldStartWith(PagesHost.PublicUrl + "/");
        (mail.TextBody + mail.HtmlBody).ShouldNotContain("evil");
    }

    private async Task<User?> FindAsync(Person person)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Id = TenantId.Default;
        EmailAddress.TryParse(person.Email, out var email).ShouldBeTrue();
        return await scope.ServiceProvider.GetRequiredService<UserDirectory>().FindByEmailAsync(email, CancellationToken.None);
    }
}
