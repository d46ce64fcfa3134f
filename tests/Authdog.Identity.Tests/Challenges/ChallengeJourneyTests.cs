using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Pages;
using Authdog.TestKit;
using Microsoft.Playwright;

namespace Authdog.Identity.Tests.Challenges;

/// <summary>Challenges as people meet them: in a real Chromium, with and without scripts.</summary>
public sealed class ChallengeJourneyTests(ChallengedHost challenged) : IClassFixture<ChallengedHost>, IAsyncLifetime
{
    private readonly PagesHost _host = challenged.Pages;
    private Chromium _chromium = null!;

    public async ValueTask InitializeAsync() => _chromium = await Chromium.StartAsync();

    public ValueTask DisposeAsync() => _chromium.DisposeAsync();

    [Fact]
    public async Task WorkPassesSilently_WhenScriptsRun()
    {
        var page = await _chromium.OpenAsync();
        await page.GotoAsync(At(PagePaths.Login));
        await page.FillAsync("#email", "ada@example.com");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForSelectorAsync("#password");
        page.Url.ShouldContain("/.authdog/login?flow=");
    }

    [Fact]
    public async Task CodeByMailLeadsThrough_WhenNoScriptRuns()
    {
        var address = $"n{Guid.NewGuid():N}@example.com";
        var page = await _chromium.OpenAsync(javaScript: false);
        await page.GotoAsync(At(PagePaths.Login));
        await page.FillAsync("#email", address);
        await page.ClickAsync("button[type=submit]");
        (await page.InputValueAsync("#challenge-email")).ShouldBe(address);
        (await page.Locator("form.work").IsVisibleAsync()).ShouldBeFalse();

        await page.ClickAsync("button[name=challenge-send]");
        await page.FillAsync("#code", Mailbox.Code(await _host.Mail.ReceiveAsync(address)));
        await page.ClickAsync("button[type=submit]");

        (await page.Locator("#password").IsVisibleAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task PeopleNeitherSeeNorReachTheHoneypot()
    {
        var page = await _chromium.OpenAsync();
        await page.GotoAsync(At(PagePaths.SignUp));
        var trap = page.Locator("#leave-empty");

        (await trap.BoundingBoxAsync())!.X.ShouldBeLessThan(0);
        (await page.Locator(".trap").GetAttributeAsync("aria-hidden")).ShouldBe("true");
        for (var stop = 0; stop < 12; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldNotBe("leave-empty");
        }
    }

    [Theory]
    [InlineData("de")]
    public async Task PageKeepsToWcag(string language)
    {
        var look = await Accessibility.InstallAsync();
        var page = await _chromium.OpenAsync(locale: language);

        // The work would be done before anybody has looked.
        await page.RouteAsync("**/challenge.js*", route => route.AbortAsync());
        var address = $"maximiliane.schmidt-hohenzollern.{Guid.NewGuid().ToString("N")[..8]}@example.com";
        await page.GotoAsync(At(PagePaths.Recover));
        await page.FillAsync("#email", address);
        await page.ClickAsync("button[type=submit]");
        await look.LookAsync(page, $"{language} challenge without script");
        await page.EvaluateAsync("document.querySelector('form.work').hidden = false");
        await look.LookAsync(page, $"{language} challenge at work");
        await page.FillAsync("#challenge-email", "nobody@");
        await page.EvaluateAsync("document.querySelectorAll('form').forEach(form => form.noValidate = true)");
        await page.ClickAsync("button[name=challenge-send]");
        await look.LookAsync(page, $"{language} challenge address error");
        await page.FillAsync("#challenge-email", address);
        await page.ClickAsync("button[name=challenge-send]");
        await look.LookAsync(page, $"{language} challenge code");

        look.Problems.ShouldBeEmpty();
    }

    private string At(string path) => new Uri(_host.Address, path).ToString();
}
