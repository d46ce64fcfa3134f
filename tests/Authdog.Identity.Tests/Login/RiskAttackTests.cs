using System.Net;
using Authdog.Identity.Login.Risk;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Login;

/// <summary>Somebody has another's password and would have to confirm by the owner's mail: ways round that.</summary>
[Collection(PagesCollection.Name)]
[Trait("Threat", "I2")]
public sealed class RiskAttackTests(PagesHost host) : IAsyncLifetime
{
    private const string Confirm = "Confirm that it is you";

    public async ValueTask InitializeAsync() => (await host.SetSettingsAsync("""{ "Login:Risk:NewDevice": "StepUp" }""")).ShouldBeOfType<TenantChange.Done>();

    public async ValueTask DisposeAsync() => await host.SetSettingsAsync("{}");

    [Fact]
    public async Task ConfirmationOfOnesOwnAccount_LetsNobodyInToAnother()
    {
        var (thief, victim) = (await UsedAsync(), await UsedAsync());
        using var browser = host.NewBrowser();
        var page = await browser.FollowAsync(await thief.SignInAsync(browser));
        page.Title.ShouldBe(Confirm);
        page = await browser.FollowAsync(await browser.SubmitAsync(page, ("send", "1")));
        var flow = page.Form(null).Hidden["flow"];

        // Confirmed, and not gone on with: the same login is somebody else's now.
        (await browser.SubmitAsync(page, ("code", Mailbox.Code(await host.Mail.ReceiveAsync(thief.Email, 2))))).Status.ShouldBe(HttpStatusCode.SeeOther);
        page = await browser.GetAsync($"{PagePaths.Login}?flow={flow}&change=1");
        page = await browser.FollowAsync(await browser.SubmitAsync(page, ("email", victim.Email)));
        page.Text.ShouldContain(victim.Email);

        (await browser.FollowAsync(await browser.SubmitAsync(page, ("password", victim.Password)))).Title.ShouldBe(Confirm);
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SecondStepThatTheThiefSetsUp_IsNoConfirmation()
    {
        var victim = await UsedAsync();
        using var browser = host.NewBrowser();
        var page = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync(PagePaths.Login + "?return=/x&acr=aal2"), ("email", victim.Email)));

        page = await browser.FollowAsync(await browser.SubmitAsync(page, ("password", victim.Password)));

        page.Title.ShouldBe(Confirm);
        var hidden = page.Form(null).Hidden;
        (await browser.FollowAsync(await browser.GetAsync($"{PagePaths.Login}?flow={hidden["flow"]}&method=totp"))).Title.ShouldBe(Confirm);
        (await browser.PostAsync(PagePaths.Login, hidden.Append(new("method", "totp")).Append(new("code", "123456")))).Location!.ShouldStartWith(RiskEndpoints.ConfirmPath);
    }

    // Of an account that was never used nothing is unusual.
    private async Task<Person> UsedAsync()
    {
        using var home = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, home);
        (await person.SignInAsync(home)).Location.ShouldBe("/");
        return person;
    }
}
