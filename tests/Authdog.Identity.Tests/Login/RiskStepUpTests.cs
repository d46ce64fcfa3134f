using System.Net;
using System.Text.RegularExpressions;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Mfa;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Login;

/// <summary>Whoever has shown enough already is asked for no code by mail, however unusual the sign-in.</summary>
[Collection(SecondStepsCollection.Name)]
public sealed class RiskStepUpTests(SecondStepsHost fixture) : IAsyncLifetime
{
    private readonly PagesHost _host = fixture.Host;

    public async ValueTask InitializeAsync() => (await _host.SetSettingsAsync("""{ "Login:Risk:NewDevice": "StepUp" }""")).ShouldBeOfType<TenantChange.Done>();

    public async ValueTask DisposeAsync() => await _host.SetSettingsAsync("{}");

    [Fact]
    public async Task AsksForNoCode_WhenTwoKindsOfProofWereShown()
    {
        using var home = _host.NewBrowser();
        var person = await UsedAsync(home);
        var app = await AuthenticatorApp.SetUpAsync(_host, home);
        using var other = _host.NewBrowser();

        var page = await other.FollowAsync(await person.SignInAsync(other, "/x"));

        page.Title.ShouldBe("Enter the code from your app");
        (await other.SubmitAsync(page, ("code", app.NextCode()))).Location.ShouldBe("/x");
    }

    [Fact]
    public async Task AsksForNoCode_WhenTheProofWasOne()
    {
        using var home = _host.NewBrowser();
        var person = await UsedAsync(home);
        using var other = _host.NewBrowser();
        var page = await other.FollowAsync(await other.SubmitAsync(await other.GetAsync(PagePaths.Login + "?return=/x"), ("email", person.Email)));
        page = await other.GetAsync(Address(await other.GetAsync(Address(page, "choose=1")), "method=email-code"));
        page = await other.FollowAsync(await other.SubmitAsync(page, ("send", "1")));

        (await other.SubmitAsync(page, ("code", Mailbox.Code(await _host.Mail.ReceiveAsync(person.Email, 2))))).Location.ShouldBe("/x");
    }

    private static string Address(ReceivedPage page, string part) =>
        Regex.Matches(page.Html, "href=\"([^\"]+)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).First(link => link.Contains(part, StringComparison.Ordinal));

    private async Task<Person> UsedAsync(Browser home)
    {
        var person = await Person.New().SignUpAsync(_host, home);
        (await person.SignInAsync(home)).Location.ShouldBe("/");
        return person;
    }
}
