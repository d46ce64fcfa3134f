using System.Net;
using Authdog.Identity.Accounts.Devices;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Accounts;

/// <summary>Devices, the history of sign-ins, and the notice of a new one.</summary>
public sealed class DeviceTests : IAsyncLifetime
{
    private readonly PagesHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task TellsOfANewBrowserOnce_WhenTheAccountDoesNotKnowIt()
    {
        using var first = _host.NewBrowser();
        using var second = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, first);
        await person.SignInAsync(first);
        first.Forget("authdog");
        await person.SignInAsync(first);
        _host.Mail.To(person.Email).Count.ShouldBe(1, "the mail of sign-up alone");

        await person.SignInAsync(second);
        var notice = await _host.Mail.ReceiveAsync(person.Email, count: 2);
        second.Forget("authdog");
        await person.SignInAsync(second);

        notice.Subject.ShouldEndWith("Your account was used from a new device.");
        notice.TextBody!.ShouldContain("Where: Chrome, Linux, 127.0.0.1 (Munich, Germany)");
        using var anywhere = _host.NewBrowser();
        await anywhere.SubmitAsync(await anywhere.GetAsync(Mailbox.Link(notice)));
        (await second.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        _host.Mail.To(person.Email).Count.ShouldBe(2);
    }

    [Fact]
    public async Task ShowsSignInsAndTries_UntilTheyAreTooOld()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        await person.SignInAsync(browser, password: "not the password at all");
        await person.SignInAsync(browser);

        var history = await browser.GetAsync("/.authdog/account/history");
        history.Text.ShouldContain("Failed try");
        history.Text.ShouldContain("Signed in");
        history.Text.ShouldContain("Chrome, Linux · 127.0.0.1 · Munich, Germany");
        (await browser.GetAsync("/.authdog/account/devices")).Text.ShouldContain("127.0.0.1 · Munich, Germany");
        await using (var scope = await _host.ScopeAsync())
        {
            var past = _host.Time.GetUtcNow() - TimeSpan.FromDays(91);
            await scope.ServiceProvider.GetRequiredService<DirectoryContext>().Set<SignIn>().ExecuteUpdateAsync(set => set.SetProperty(signIn => signIn.At, past));
        }

        await _host.Services.GetRequiredService<UpkeepJob>().RunAsync(CancellationToken.None);

        (await browser.GetAsync("/.authdog/account/history")).Text.ShouldNotContain("Failed try");
    }

    [Fact]
    public async Task LeadsThroughAllPages_WhenThereAreManyEntries()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        for (var times = 0; times < 30; times++)
        {
            browser.Forget("authdog");
            await person.SignInAsync(browser);
        }

        var page = await browser.GetAsync("/.authdog/account/history");
        var older = page.Html[page.Html.IndexOf("/.authdog/account/history?before=", StringComparison.Ordinal)..].Split('"')[0];

        Count(page).ShouldBe(25);
        Count(await browser.GetAsync(older)).ShouldBe(5);
        static int Count(ReceivedPage page) => page.Html.Split("<strong>Signed in</strong>").Length - 1;
    }
}
