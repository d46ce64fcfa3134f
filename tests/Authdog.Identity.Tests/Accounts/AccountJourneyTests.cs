using Authdog.Identity.Tests.Pages;
using Authdog.TestKit;
using Microsoft.Playwright;

namespace Authdog.Identity.Tests.Accounts;

/// <summary>The account's pages as people use them in a real Chromium: by the keyboard alone, without JavaScript, in two tabs, and going back.</summary>
public sealed class AccountJourneyTests : IAsyncLifetime
{
    private const string Account = "/.authdog/account";

    private readonly PagesHost _host = new();
    private Chromium _chromium = null!;

    public async ValueTask InitializeAsync()
    {
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

    [Fact]
    public async Task KeyboardAlone_SignsIn_ChangesNameAndPassword_AndSignsOut()
    {
        var person = await NewPersonAsync();
        var page = await _chromium.OpenAsync();

        // The address field has the focus; every other step is Tab, letters and Enter.
        await page.GotoAsync(At("/.authdog/login?return=" + Uri.EscapeDataString(Account)));
        await TypeAsync(page, "#email", person.Email, tabs: 0);
        await EnterAsync(page);
        await TypeAsync(page, "#password", person.Password, tabs: 0);
        await EnterAsync(page);

        // Past the header and the navigation by the first link.
        await page.Keyboard.PressAsync("Tab");
        (await FocusedAsync(page)).ShouldBe("#main");
        await TabToAsync(page, $"nav.account a[href='{Account}/profile']");
        await EnterAsync(page);
        await TypeAsync(page, "#name", "Grace Hopper");
        await EnterAsync(page);
        (await page.Locator("[role=status]").InnerTextAsync()).ShouldBe("Your profile is saved.");

        await TabToAsync(page, $"nav.account a[href='{Account}/security']");
        await EnterAsync(page);
        await TabToAsync(page, $"main a[href='{Account}/password']");
        await EnterAsync(page);
        await TypeAsync(page, "#password", person.Password);
        await TypeAsync(page, "#new-password", "short");
        await EnterAsync(page);

        // What is wrong is read first, and its link leads to the field.
        (await page.EvaluateAsync<bool>("document.activeElement.classList.contains('summary')")).ShouldBeTrue();
        await TabToAsync(page, ".summary a");
        await page.Keyboard.PressAsync("Enter");
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("new-password");
        await TypeAsync(page, "#new-password", "quite another long phrase", tabs: 0);
        await TypeAsync(page, "#password", person.Password);
        await EnterAsync(page);
        (await page.Locator("[role=status]").InnerTextAsync()).ShouldStartWith("Your password is changed");

        await TabToAsync(page, "a[href='/.authdog/logout']");
        await EnterAsync(page);
        await TabToAsync(page, "main button[type=submit]");
        await EnterAsync(page);
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("You are signed out");
    }

    [Fact]
    public async Task WithoutJavaScript_EveryChangeWorks()
    {
        using var elsewhere = _host.NewBrowser();
        var person = await NewPersonAsync();
        await person.SignInAsync(elsewhere);
        var page = await _chromium.OpenAsync(width: 320, javaScript: false);
        await SignInAsync(page, person, Account + "/profile");

        await page.Locator("#name").FillAsync("Grace");
        await SubmitAsync(page, Account + "/profile");
        (await page.Locator("[role=status]").InnerTextAsync()).ShouldBe("Your profile is saved.");

        await page.GotoAsync(At(Account + "/devices"));
        (await page.Locator(".sessions li").CountAsync()).ShouldBe(2);
        await SubmitAsync(page, Account + "/devices/end");
        (await page.Locator("[role=status]").InnerTextAsync()).ShouldBe("That device is signed out.");
        (await page.Locator(".sessions li").CountAsync()).ShouldBe(1);

        await page.GotoAsync(At(Account + "/password"));
        await page.Locator("#password").FillAsync(person.Password);
        await page.Locator("#new-password").FillAsync("quite another long phrase");
        await SubmitAsync(page, Account + "/password");
        (await page.Locator("[role=status]").InnerTextAsync()).ShouldStartWith("Your password is changed");

        await page.GotoAsync(At(Account + "/email"));
        var moved = Person.New().Email;
        await page.Locator("#email").FillAsync(moved);
        await SubmitAsync(page, Account + "/email");
        await page.Locator("#code").FillAsync(Mailbox.Code(await _host.Mail.ReceiveAsync(moved)));
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        (await page.Locator("[role=status]").InnerTextAsync()).ShouldStartWith("Your address is changed.");

        await page.GotoAsync(At(Account + "/data/delete"));
        await page.Locator("#sure").CheckAsync();
        await SubmitAsync(page, Account + "/data/delete");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Your account will be deleted");
        await page.GotoAsync(At(Account));
        page.Url.ShouldContain("/.authdog/login");
    }

    [Fact]
    public async Task SecondTab_LosesNothing_WhenTheFirstSignsOutOrIsTooLate()
    {
        var person = await NewPersonAsync();
        var first = await _chromium.OpenAsync();
        await SignInAsync(first, person, Account + "/password");
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync(At(Account + "/profile"));

        // One tab signs out; the other's form leads to the sign-in and back to the page that it was on.
        await second.Locator("#name").FillAsync("Grace");
        await first.GotoAsync(At("/.authdog/logout"));
        await first.ClickThroughAsync(first.Locator("main button[type=submit]"));
        await second.ClickThroughAsync(second.Locator($"form[action='{Account}/profile'] button[type=submit]"));
        second.Url.ShouldContain("/.authdog/login?return=%2F.authdog%2Faccount%2Fprofile");
        await GoOnAsync(second, person);
        second.Url.ShouldEndWith(Account + "/profile");

        // The first is signed in again too: going back past the sign-out leads to a page that works.
        while (!first.Url.EndsWith(Account + "/password", StringComparison.Ordinal))
        {
            (await first.GoBackAsync()).ShouldNotBeNull("there is no way back to the page");
        }

        // Both change the password; the second one's form was made for a session that is none any more.
        await second.GotoAsync(At(Account + "/password"));
        await ChangePasswordAsync(first, person.Password, "the first new long phrase");
        (await first.Locator("[role=status]").InnerTextAsync()).ShouldStartWith("Your password is changed");
        await ChangePasswordAsync(second, person.Password, "the second new long phrase");
        (await second.Locator("#password-error").InnerTextAsync()).ShouldNotBeEmpty();

        // Going back asks for the page anew: it is another form, for which the password before is no longer the right one.
        await first.GoBackAsync();
        await ChangePasswordAsync(first, person.Password, "the first new long phrase");
        (await first.Locator("#password-error").InnerTextAsync()).ShouldNotBeEmpty();

        // After ten minutes a proof is asked for, and the same page comes back.
        _host.Time.Advance(TimeSpan.FromMinutes(11));
        await ChangePasswordAsync(second, "the first new long phrase", "the third new long phrase");
        second.Url.ShouldContain("/.authdog/login?flow=");
        await second.Locator("#password").FillAsync("the first new long phrase");
        await second.ClickThroughAsync(second.Locator("main button[type=submit]").First);
        second.Url.ShouldEndWith(Account + "/password");
    }

    private string At(string path) => new Uri(_host.Address, path).AbsoluteUri;

    private async Task<Person> NewPersonAsync()
    {
        using var browser = _host.NewBrowser();
        return await Person.New().SignUpAsync(_host, browser);
    }

    private async Task SignInAsync(IPage page, Person person, string target)
    {
        await page.GotoAsync(At("/.authdog/login?return=" + Uri.EscapeDataString(target)));
        await GoOnAsync(page, person);
    }

    // Playwright waits by itself for the page that a click leads to; without scripts there is nothing to ask it with.
    private static async Task GoOnAsync(IPage page, Person person)
    {
        await page.Locator("#email").FillAsync(person.Email);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.Locator("#password").FillAsync(person.Password);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync(static url => !url.Contains("/.authdog/login", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
    }

    private static Task SubmitAsync(IPage page, string action) =>
        page.ClickThroughAsync(page.Locator($"form[action='{action}'] button[type=submit]").First);

    private static async Task ChangePasswordAsync(IPage page, string current, string changed)
    {
        await page.Locator("#password").FillAsync(current);
        await page.Locator("#new-password").FillAsync(changed);
        await page.ClickThroughAsync(page.Locator($"form[action='{Account}/password'] button[type=submit]"));
    }

    private static async Task TypeAsync(IPage page, string field, string text, int? tabs = null)
    {
        if (tabs is null)
        {
            await TabToAsync(page, field);
        }

        (await page.EvaluateAsync<bool>("field => document.activeElement.matches(field)", field)).ShouldBeTrue($"{field} has no focus on {page.Url}");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task TabToAsync(IPage page, string target)
    {
        for (var pressed = 0; pressed < 60; pressed++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("target => document.activeElement.matches(target)", target))
            {
                // WCAG 2.4.7: whoever cannot see where they are is lost.
                (await page.EvaluateAsync<bool>("document.activeElement.matches(':focus-visible') && getComputedStyle(document.activeElement).outlineStyle !== 'none'"))
                    .ShouldBeTrue($"the focus on {target} cannot be seen");
                return;
            }
        }

        throw new InvalidOperationException($"No key leads to {target} on {page.Url}.");
    }

    private static async Task EnterAsync(IPage page)
    {
        await page.EvaluateAsync("document.documentElement.dataset.left = 'true'");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("document.readyState === 'complete' && !document.documentElement.dataset.left");
    }

    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("document.activeElement.getAttribute('href')");
}
