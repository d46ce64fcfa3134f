using System.Net;
using Authdog.Identity.Challenges;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Challenges;

/// <summary>A form meets a challenge, waits, and goes on.</summary>
public sealed class ChallengeFlowTests(ChallengedHost challenged) : IClassFixture<ChallengedHost>
{
    private const string Title = "One moment, please";
    private readonly PagesHost _host = challenged.Pages;

    [Fact]
    public async Task FormGoesOn_WhenTheWorkIsDone()
    {
        using var browser = _host.NewBrowser();
        var person = Person.New();
        var form = await browser.GetAsync(PagePaths.SignUp + "?return=%2Fx");
        var page = await browser.SubmitAsync(form, ("email", person.Email), ("name", "Ada"), ("password", person.Password));

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Title.ShouldBe(Title);
        page.Html.ShouldNotContain(person.Password);
        (await browser.FollowAsync(await Solver.PassAsync(browser, page))).Title.ShouldBe("Check your inbox");
        (await _host.Mail.ReceiveAsync(person.Email)).Subject.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task RequestToJoinGoesOn_WhenTheWorkIsDone()
    {
        using var browser = _host.NewBrowser();
        var page = await browser.SubmitAsync(await browser.GetAsync(PagePaths.Join), ("email", Person.New().Email));

        page.Title.ShouldBe(Title);
        (await Solver.PassAsync(browser, page)).Location.ShouldBe(PagePaths.Join + "?sent=1&return=%2F");
    }

    [Fact]
    public async Task GuessedInvitationMeetsAChallenge()
    {
        using var browser = _host.NewBrowser();
        var token = (await browser.GetAsync(PagePaths.Login)).Form(null).Hidden["__RequestVerificationToken"];

        (await browser.PostAsync(PagePaths.Invitation, [new("__RequestVerificationToken", token), new("token", new string('A', 43))])).Title.ShouldBe(Title);
    }

    [Fact]
    public async Task OnePassIsGoodForSomeForms_AndNoMore()
    {
        using var browser = _host.NewBrowser();
        var login = await browser.GetAsync(PagePaths.Login);
        var passed = await Solver.PassAsync(browser, await browser.SubmitAsync(login, ("email", "ada@example.com")));
        passed.Location.ShouldNotBeNull();

        for (var form = 0; form < 3; form++)
        {
            (await browser.SubmitAsync(await browser.GetAsync(PagePaths.Login), ("email", "ada@example.com"))).Location.ShouldNotBeNull($"form {form}");
        }

        (await browser.SubmitAsync(await browser.GetAsync(PagePaths.Login), ("email", "ada@example.com"))).Title.ShouldBe(Title);
    }

    [Fact]
    public async Task CodeByMailTakesItsPlace_WhenNoScriptRuns()
    {
        using var browser = _host.NewBrowser();
        var address = $"c{Guid.NewGuid():N}@example.com";
        var page = await browser.SubmitAsync(await browser.GetAsync(PagePaths.Recover), ("email", address));
        page.Title.ShouldBe(Title);

        var asked = await SendAsync(browser, page, address);
        asked.Status.ShouldBe(HttpStatusCode.OK);
        asked.Text.ShouldContain(address);
        var code = Mailbox.Code(await _host.Mail.ReceiveAsync(address));
        (await browser.SubmitAsync(asked, ("code", code == "000000" ? "111111" : "000000"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await browser.FollowAsync(await browser.SubmitAsync(asked, ("code", code)))).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.SubmitAsync(asked, ("code", code))).Location.ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task CodeEnds_AfterFiveTries()
    {
        using var browser = _host.NewBrowser();
        var address = $"c{Guid.NewGuid():N}@example.com";
        var asked = await SendAsync(browser, await browser.SubmitAsync(await browser.GetAsync(PagePaths.Recover), ("email", address)), address);
        var code = Mailbox.Code(await _host.Mail.ReceiveAsync(address));
        for (var guess = 0; guess < 5; guess++)
        {
            await browser.SubmitAsync(asked, ("code", code == "000000" ? "111111" : "000000"));
        }

        (await browser.SubmitAsync(asked, ("code", code))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task MailboxIsNotFilled_WhenCodesAreAskedForAgainAndAgain()
    {
        using var browser = _host.NewBrowser();
        var address = $"c{Guid.NewGuid():N}@example.com";
        var page = await browser.SubmitAsync(await browser.GetAsync(PagePaths.Recover), ("email", address));
        for (var message = 0; message < 5; message++)
        {
            (await SendAsync(browser, page, address)).Status.ShouldBe(HttpStatusCode.OK);
        }

        await _host.Mail.ReceiveAsync(address, count: 3);
        _host.Mail.To(address).Count.ShouldBe(3);
    }

    [Fact]
    public async Task RouteLeadsOnToItsTarget_WhenTheWorkIsDone()
    {
        using var browser = _host.NewBrowser();
        var page = await browser.GetAsync(Target("/catalogue?page=2"));
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Title.ShouldBe(Title);

        (await Solver.PassAsync(browser, page)).Location.ShouldBe("/catalogue?page=2");
    }

    [Fact]
    public async Task SpeaksGerman_WhenTheBrowserDoes()
    {
        using var browser = _host.NewBrowser();
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");

        (await browser.GetAsync("/.authdog/challenge")).Title.ShouldBe("Einen Moment bitte");
    }

    [Fact]
    public void WorkIsCheckedBitByBit()
    {
        const string id = "0123456789abcdef0123456789abcdef";
        var number = ProofOfWork.Solve(id, 12);

        ProofOfWork.Verify(id, number, 12).ShouldBeTrue();
        ProofOfWork.Verify(id, number, 40).ShouldBeFalse();
        ProofOfWork.Verify("1" + id[1..], number, 12).ShouldBeFalse();
        foreach (var bad in new[] { null, "", "-1", " " + number, "+" + number, "1e5", new string('9', 17), "٣" })
        {
            ProofOfWork.Verify(id, bad, 0).ShouldBeFalse(bad);
        }
    }

    private string Target(string target) =>
        _host.Services.GetRequiredService<RouteChallenges>().Address(TenantId.Default, target);

    private static async Task<ReceivedPage> SendAsync(Browser browser, ReceivedPage page, string address)
    {
        // The second form of the page, whose fields are those of the first.
        var hidden = page.Form(null).Hidden;
        hidden.Remove("challenge-work");
        return await browser.PostAsync(page.Form(null).Action, hidden.Append(new("challenge-email", address)).Append(new("challenge-send", "1")));
    }
}
