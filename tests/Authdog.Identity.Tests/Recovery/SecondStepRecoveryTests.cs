using System.Net;
using System.Text.RegularExpressions;
using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Mfa;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Recovery;

[Collection(SecondStepsCollection.Name)]
public sealed partial class SecondStepRecoveryTests(SecondStepsHost fixture)
{
    private readonly PagesHost _host = fixture.Host;

    [Fact]
    [Trait("Threat", "B13")]
    public async Task RemovesTheSecondStep_OnlyAfterTheWait_AndSignsNobodyIn()
    {
        using var browser = _host.NewBrowser();
        var (person, _) = await PersonWithAppAsync(browser);
        using var other = _host.NewBrowser();
        await BeginAsync(other, person);
        var links = Links(await _host.Mail.ReceiveAsync(person.Email, count: 3));
        var finish = links.Last();

        (await other.GetAsync(finish)).Title.ShouldBe("The wait is not over yet");
        var early = (await other.GetAsync(PagePaths.Recover)).Form(null).Hidden;
        early["token"] = Regex.Match(finish, "token=([^&]+)").Groups[1].Value;
        (await other.PostAsync(PagePaths.RecoverSecondStep, early)).Status.ShouldBe(HttpStatusCode.Gone);
        (await other.FollowAsync(await person.SignInAsync(other))).Title.ShouldBe("Enter the code from your app");

        _host.Time.Advance(TimeSpan.FromHours(1));
        var done = await other.FollowAsync(await other.SubmitAsync(await other.GetAsync(finish)));

        done.Title.ShouldBe("The second step is removed");
        other.Cookie("authdog").ShouldBeNullOrEmpty();
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _host.Mail.ReceiveAsync(person.Email, count: 4)).Subject!.ShouldContain("was removed");
        (await person.SignInAsync(other)).Location.ShouldBe("/");
        (await other.GetAsync(finish)).Status.ShouldBe(HttpStatusCode.Gone);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Threat", "B13")]
    public async Task KeepsTheSecondStep_WhenItsOwnerCallsItOff_OrShowsIt(bool byLink)
    {
        using var browser = _host.NewBrowser();
        var (person, app) = await PersonWithAppAsync(browser);
        using var thief = _host.NewBrowser();
        await BeginAsync(thief, person);
        var links = Links(await _host.Mail.ReceiveAsync(person.Email, count: 3));
        if (byLink)
        {
            (await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync(links.First())))).Title.ShouldBe("The second step stays");
        }
        else
        {
            await browser.SubmitAsync(await browser.GetAsync(PagePaths.Logout));
            (await browser.SubmitAsync(await browser.FollowAsync(await person.SignInAsync(browser)), ("code", app.NextCode()))).Location.ShouldBe("/");
        }

        _host.Time.Advance(TimeSpan.FromHours(1));

        (await thief.GetAsync(links.Last())).Status.ShouldBe(HttpStatusCode.Gone);
        (await thief.FollowAsync(await person.SignInAsync(thief))).Title.ShouldBe("Enter the code from your app");
    }

    [Fact]
    [Trait("Threat", "I1")]
    public async Task TellsNothing_WhenNoFirstFactorIsProved()
    {
        using var browser = _host.NewBrowser();
        var (person, _) = await PersonWithAppAsync(browser);
        using var stranger = _host.NewBrowser();
        var page = await stranger.FollowAsync(await stranger.SubmitAsync(await stranger.GetAsync("/.authdog/login?return=/x"), ("email", person.Email)));
        var flow = page.Form(null).Hidden["flow"];

        (await stranger.GetAsync(PagePaths.RecoverSecondStep + "?flow=" + flow)).Location.ShouldBe(PagePaths.Login);
        var posted = (await stranger.GetAsync(PagePaths.Recover)).Form(null).Hidden;
        posted["flow"] = flow;
        (await stranger.PostAsync(PagePaths.RecoverSecondStep, posted)).Location.ShouldBe(PagePaths.Login);
        await Task.Delay(200);
        _host.Mail.To(person.Email).ShouldNotContain(mail => mail.Subject!.Contains("to be removed", StringComparison.Ordinal));
    }

    private static async Task BeginAsync(Browser browser, Person person)
    {
        var page = await browser.FollowAsync(await person.SignInAsync(browser));
        var lost = await browser.GetAsync(Address(await browser.GetAsync(Address(page, "choose=1")), PagePaths.RecoverSecondStep));
        lost.Title.ShouldBe("Second step lost");
        (await browser.FollowAsync(await browser.SubmitAsync(lost))).Text.ShouldContain("A message was sent to you");
    }

    private static string Address(ReceivedPage page, string part) =>
        Regex.Matches(page.Html, "href=\"([^\"]+)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).First(link => link.Contains(part, StringComparison.Ordinal));

    private static IEnumerable<string> Links(MimeKit.MimeMessage mail) => SecondStepLinks().Matches(mail.TextBody!).Select(match => match.Value);

    private async Task<(Person Person, AuthenticatorApp App)> PersonWithAppAsync(Browser browser)
    {
        var person = await Person.New().SignUpAsync(_host, browser);
        await person.SignInAsync(browser);
        return (person, await AuthenticatorApp.SetUpAsync(_host, browser));
    }

    [GeneratedRegex(@"^https?://\S+second-step\S+", RegexOptions.Multiline)]
    private static partial Regex SecondStepLinks();
}
