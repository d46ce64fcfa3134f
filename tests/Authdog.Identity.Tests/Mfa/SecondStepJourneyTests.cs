using System.Globalization;
using Authdog.Identity.Mfa;
using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Pages;
using Authdog.TestKit;
using Microsoft.Playwright;

namespace Authdog.Identity.Tests.Mfa;

/// <summary>Second steps as people use them, in a real Chromium: on a desktop, on a phone in the dark, and without JavaScript.</summary>
public sealed class SecondStepJourneyTests : IAsyncLifetime
{
    private readonly string _url = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Next()}");
    private PagesHost _host = null!;
    private Chromium _chromium = null!;

    public async ValueTask InitializeAsync()
    {
        _host = new PagesHost { Reach = new Uri(_url), Listen = _url }.With("Login:EmailCodes:Enabled", "true");
        await _host.InitializeAsync();
        _chromium = await Chromium.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("desktop", 1280, true, false, "en-GB")]
    [InlineData("phone-de-no-script", 320, false, true, "de-DE")]
    public async Task PersonSetsUpAnApp_SignsInWithIt_AndByARecoveryCode(string name, int width, bool javaScript, bool dark, string locale)
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        var page = await _chromium.OpenAsync(width, javaScript, dark, locale);
        await PasswordAsync(page, person);

        // Set up.
        await page.GotoAsync(_url + PagePaths.SecondSteps);
        await SeeAsync(page, name, "1-none");
        await page.GotoAsync(_url + MfaEndpoints.AddPath);
        await page.Locator("summary").ClickAsync();
        var loaded = await page.Locator("img.qr").GetAttributeAsync("src");
        loaded!.ShouldStartWith("data:image/png;base64,");
        await SeeAsync(page, name, "2-set-up");
        AuthenticatorApp app = AuthenticatorApp.Read(_host, await page.ContentAsync());
        await page.Locator("input[name=code]").FillAsync(app.WrongCode);
        await SubmitAsync(page);
        await SeeAsync(page, name, "3-wrong");
        app = AuthenticatorApp.Read(_host, await page.ContentAsync());
        await page.Locator("input[name=code]").FillAsync(app.Code);
        await SubmitAsync(page);
        await SeeAsync(page, name, "4-codes");
        var codes = await page.Locator(".codes code").AllInnerTextsAsync();
        codes.Count.ShouldBe(10);
        await page.Locator("main a.button").ClickAsync();
        await SeeAsync(page, name, "5-list");
        await page.Locator("a", new() { HasTextRegex = new System.Text.RegularExpressions.Regex("^(Remove|Entfernen)$") }).First.ClickAsync();
        await SeeAsync(page, name, "6-remove");
        await page.GotoAsync(_url + MfaEndpoints.CodesPath);
        await SeeAsync(page, name, "7-renew");

        // Sign in with it.
        await SignOutAsync(page);
        await PasswordAsync(page, person);
        await SeeAsync(page, name, "8-code");
        await page.Locator("input[name=code]").FillAsync(app.NextCode());
        await SubmitAsync(page);
        new Uri(page.Url).AbsolutePath.ShouldBe("/.authdog/session");

        // Device lost.
        await SignOutAsync(page);
        await PasswordAsync(page, person);
        await page.Locator("a[href*=choose]").ClickAsync();
        await SeeAsync(page, name, "9-choice");
        var choice = page.Url;
        await page.Locator("a[href*=second-step]").ClickAsync();
        await SeeAsync(page, name, "10-lost");
        await page.GotoAsync(choice);
        await page.Locator("a[href*=recovery-code]").ClickAsync();
        await SeeAsync(page, name, "11-recovery-code");
        await page.Locator("input[name=code]").FillAsync(codes[0]);
        await SubmitAsync(page);
        new Uri(page.Url).AbsolutePath.ShouldBe("/.authdog/session");

        // By mail, which is not enough.
        await SignOutAsync(page);
        await page.GotoAsync($"{_url}/.authdog/login?return=/.authdog/session");
        await page.Locator("input[name=email]").FillAsync(person.Email);
        await SubmitAsync(page);
        await page.Locator("a[href*=choose]").ClickAsync();
        await SeeAsync(page, name, "12-first-choice");
        await page.Locator("a[href*=email-code]").ClickAsync();
        await SeeAsync(page, name, "13-mail");
        await SubmitAsync(page);
        await SeeAsync(page, name, "14-sent");
        await page.Locator("input[name=code]").FillAsync(Mailbox.Code(await _host.Mail.ReceiveAsync(person.Email, count: 4)));
        await SubmitAsync(page);
        new Uri(page.Url).AbsolutePath.ShouldBe(PagePaths.Login);
        (await page.Locator("input[name=password], input[name=code]").CountAsync()).ShouldBe(1);
    }

    private static async Task SeeAsync(IPage page, string journey, string step)
    {
        // Nothing is wider than the window, and nothing was refused by the content security policy.
        if (journey != "no-script")
        {
            (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).ShouldBeTrue($"{journey} {step} scrolls sideways");
        }

        if (Environment.GetEnvironmentVariable("AUTHDOG_SCREENSHOTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"second-step-{journey}-{step}.png"), FullPage = true });
        }
    }

    private static async Task SubmitAsync(IPage page) => await page.Locator("main form button[type=submit]").First.ClickAsync();

    private async Task PasswordAsync(IPage page, Person person)
    {
        await page.GotoAsync($"{_url}/.authdog/login?return=/.authdog/session");
        await page.Locator("input[name=email]").FillAsync(person.Email);
        await SubmitAsync(page);
        await page.Locator("input[name=password]").FillAsync(person.Password);
        await SubmitAsync(page);
    }

    private async Task SignOutAsync(IPage page)
    {
        await page.GotoAsync(_url + PagePaths.Logout);
        await SubmitAsync(page);
    }
}
