using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Authdog.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Authdog.Identity.Tests.Login;

/// <summary>The pages that stand between the last proof and the session, in a real browser, each judged.</summary>
public sealed class UnusualSignInPagesTests : IAsyncLifetime
{
    private readonly PagesHost _host = new();
    private Chromium _chromium = null!;
    private Accessibility _look = null!;

    public async ValueTask InitializeAsync()
    {
        _look = await Accessibility.InstallAsync();
        _chromium = await Chromium.StartAsync();
        await _host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("de")]
    public async Task EveryPageKeepsToWcag(string language)
    {
        using var browser = _host.NewBrowser();
        var person = await (Person.New() with { Email = $"maximiliane.schmidt-hohenzollern.{Guid.NewGuid().ToString("N")[..12]}@example.com" }).SignUpAsync(_host, browser);
        await person.SignInAsync(browser);
        var page = await _chromium.OpenAsync(locale: language);

        await TreatNewDevicesAsync("Refuse");
        await SignInAsync(page, person);
        await _look.LookAsync(page, $"{language} sign-in refused");

        await TreatNewDevicesAsync("StepUp");
        await SignInAsync(page, person);
        await _look.LookAsync(page, $"{language} confirm sign-in");
        await page.ClickThroughAsync(page.Locator("button[name=send]"));
        await _look.LookAsync(page, $"{language} confirm sign-in sent");
        await page.Locator("[name=code]").FillAsync("12");
        await page.ClickThroughAsync(page.Locator("form:has([name=code]) button"));
        await _look.LookAsync(page, $"{language} confirm sign-in error");

        await TreatNewDevicesAsync("None");
        await using (var scope = await _host.ScopeAsync())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
            EmailAddress.TryParse(person.Email, out var email).ShouldBeTrue();
            await users.SetPasswordLeakedAsync((await users.FindByEmailAsync(email!, CancellationToken.None))!, replace: true, CancellationToken.None);
        }

        await SignInAsync(page, person);
        await _look.LookAsync(page, $"{language} leaked password");
        await page.Locator("[name=password]").FillAsync("short");
        await page.ClickThroughAsync(page.Locator("main button[type=submit]").First);
        await _look.LookAsync(page, $"{language} leaked password error");

        _look.Problems.ShouldBeEmpty();
    }

    private async Task TreatNewDevicesAsync(string treatment) =>
        (await _host.SetSettingsAsync($$"""{ "Login:Risk:NewDevice": "{{treatment}}" }""")).ShouldBeOfType<TenantChange.Done>();

    private async Task SignInAsync(IPage page, Person person)
    {
        await page.GotoAsync(new Uri(_host.Address, "/.authdog/login").AbsoluteUri);
        await page.Locator("[name=email]").FillAsync(person.Email);
        await page.ClickThroughAsync(page.Locator("main form:has([name=email]) button").First);
        await page.Locator("[name=password]").FillAsync(person.Password);
        await page.ClickThroughAsync(page.Locator("main form:has([name=password]) button[type=submit]").First);
    }
}
