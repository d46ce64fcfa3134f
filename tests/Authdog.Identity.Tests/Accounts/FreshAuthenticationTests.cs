using System.Net;
using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Accounts;

/// <summary>The one rule for sensitive changes.</summary>
public sealed class FreshAuthenticationTests : IAsyncLifetime
{
    private readonly PagesHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task AsksToSignInAgainAndLeadsBack_WhenTheLastProofIsTooOld()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        await person.SignInAsync(browser);
        var shown = await browser.GetAsync("/.authdog/account/password");
        shown.Status.ShouldBe(HttpStatusCode.OK);
        _host.Time.Advance(TimeSpan.FromMinutes(10.5));

        (await browser.GetAsync("/.authdog/account")).Status.ShouldBe(HttpStatusCode.OK);
        var late = await browser.SubmitAsync(shown, ("password", person.Password), ("new-password", "quite another long phrase"));
        late.Location.ShouldBe("/.authdog/login?return=%2F.authdog%2Faccount%2Fpassword&max_age=600");

        // Who it is, is known: the password alone is asked for.
        var password = await browser.FollowAsync(await browser.GetAsync((await browser.GetAsync("/.authdog/account/password")).Location!));
        var back = await browser.SubmitAsync(password, ("password", person.Password));

        back.Location.ShouldBe("/.authdog/account/password");
        (await browser.GetAsync(back.Location!)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
