using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Passkeys;
using Authdog.Identity.Passwords;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>Passkeys as people use them: in a real Chromium with its virtual authenticator.</summary>
[Trait("Threat", "I7")]
public sealed class PasskeyJourneyTests(PasskeyJourneyHost host) : IClassFixture<PasskeyJourneyHost>
{
    private const string Password = "correct horse battery staple";
    private const string SignInButton = "form[data-ceremony=get] button";

    [Fact]
    public async Task OfferedAfterAPassword_ThenSignsInWithoutTypingAName()
    {
        var email = await NewPersonAsync();
        var page = await host.Chromium.OpenAsync();
        var device = await VirtualAuthenticator.AddAsync(page);

        await PasswordAsync(page, email, "/.authdog/session?then");
        await SeeAsync(page, "offer");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Sign in faster next time");
        await page.Locator("form[data-ceremony=create] button").ClickAsync();
        await page.WaitForURLAsync("**/.authdog/session?then");

        await SignOutAsync(page);
        await device.TouchAsync(present: false);
        await page.GotoAsync($"{host.Url}/.authdog/login?return=%2F.authdog%2Fsession%3Fagain");
        await SeeAsync(page, "login");
        await page.Locator(SignInButton).ClickAsync();
        await device.TouchAsync(present: true);
        await page.WaitForURLAsync("**/.authdog/session?again");

        var session = await SessionAsync(page);
        session.GetProperty("email").GetString().ShouldBe(email);
        session.GetProperty("acr").GetString().ShouldBe("aal2");
        session.GetProperty("amr").EnumerateArray().Select(method => method.GetString()).ShouldBe(["hwk", "mfa", "user"]);
        (await host.Pages.Mail.ReceiveAsync(email)).TextBody!.ShouldContain("A passkey was added to your account.");
    }

    [Fact]
    public async Task SuggestedInTheAddressField_SignsIn()
    {
        var (page, device, email) = await RegisteredAsync();
        await device.TouchAsync(present: false);
        await page.GotoAsync(host.Url + "/.authdog/login?return=%2F.authdog%2Fsession");
        (await page.Locator("#email").GetAttributeAsync("autocomplete")).ShouldBe("username webauthn");

        // The person picks the suggestion: the virtual authenticator stands for that by a touch.
        await device.TouchAsync(present: true);
        await page.WaitForURLAsync("**/.authdog/session");

        (await SessionAsync(page)).GetProperty("email").GetString().ShouldBe(email);
    }

    [Fact]
    public async Task NotNow_IsRememberedForTheAccountInThisBrowser()
    {
        var email = await NewPersonAsync();
        var page = await host.Chromium.OpenAsync();
        await VirtualAuthenticator.AddAsync(page);
        await PasswordAsync(page, email, "/.authdog/session");
        await page.GetByRole(AriaRole.Button, new() { Name = "Not now" }).ClickAsync();
        await page.WaitForURLAsync("**/.authdog/session");

        await SignOutAsync(page);
        await PasswordAsync(page, email, "/.authdog/session");
        page.Url.ShouldEndWith("/.authdog/session");

        // Another account in the same browser has not been asked yet.
        await SignOutAsync(page);
        await PasswordAsync(page, await NewPersonAsync(), "/.authdog/session");
        page.Url.ShouldContain("/passkeys/offer");
    }

    [Fact]
    public async Task BrowserMakesOneByItself_WhereItCan()
    {
        var email = await NewPersonAsync();
        var page = await host.Chromium.OpenAsync();
        await VirtualAuthenticator.AddAsync(page);

        // Chromium makes them only with a password manager of its own: here it says that it can, and makes one as if it were asked.
        await page.AddInitScriptAsync(
            """
            PublicKeyCredential.getClientCapabilities = async () => ({ conditionalCreate: true });
            const create = navigator.credentials.create.bind(navigator.credentials);
            navigator.credentials.create = options => create({ ...options, mediation: undefined });
            """);
        await PasswordAsync(page, email, "/.authdog/session");
        await page.WaitForURLAsync("**/.authdog/session");

        (await SessionAsync(page)).GetProperty("email").GetString().ShouldBe(email);
        (await PasskeysAsync(email)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task NothingIsOffered_WhereNoAuthenticatorIs()
    {
        var page = await host.Chromium.OpenAsync();

        await PasswordAsync(page, await NewPersonAsync(), "/.authdog/session");

        page.Url.ShouldEndWith("/.authdog/session");
    }

    [Theory]
    [InlineData("desktop", 1280, false, "en-GB")]
    [InlineData("phone", 320, true, "de-DE")]
    public async Task OwnerListsRenamesAndRemoves(string name, int width, bool dark, string locale)
    {
        var (page, device, email) = await RegisteredAsync(width, dark, locale, synced: true);
        await page.GotoAsync(host.Url + "/.authdog/account/passkeys");
        await SeeAsync(page, $"{name}-list");
        (await page.Locator(".badge").InnerTextAsync()).ShouldBe(locale == "de-DE" ? "Synchronisiert" : "Synced");

        // Rename, with a name as long as names may be.
        await page.Locator(".passkeys a").First.ClickAsync();
        await page.Locator("#name").FillAsync(new string('w', 60));
        await SeeAsync(page, $"{name}-rename");
        await page.Locator("main button[type=submit]").ClickAsync();
        (await page.Locator(".passkeys strong").InnerTextAsync()).ShouldBe(new string('w', 60));
        await SeeAsync(page, $"{name}-long-name");

        // The same device makes no second one.
        await page.Locator("main .button").ClickAsync();
        await SeeAsync(page, $"{name}-add");
        await page.Locator("form[data-ceremony=create] button").ClickAsync();
        await page.Locator("form[data-ceremony=create] [role=alert]:not(:empty)").WaitForAsync();
        await SeeAsync(page, $"{name}-add-refused");
        (await PasskeysAsync(email)).Count.ShouldBe(1);

        // Another device does.
        var key = await VirtualAuthenticator.AddAsync(page);
        await device.RemoveAsync((await device.CredentialsAsync())[0]);
        await page.ReloadAsync();
        await page.Locator("form[data-ceremony=create] button").ClickAsync();
        await page.WaitForURLAsync("**/passkeys?done=passkey-added");
        (await PasskeysAsync(email)).Count.ShouldBe(2);
        await SeeAsync(page, $"{name}-two");

        await page.Locator(".passkeys a[href$=remove]").First.ClickAsync();
        await SeeAsync(page, $"{name}-remove");
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/passkeys?done=passkey-removed");
        (await PasskeysAsync(email)).Count.ShouldBe(1);
        _ = key;
    }

    [Fact]
    public async Task ProvesItAgain_BeforeAddingOne_WhenTheSignInIsOld()
    {
        var (page, device, _) = await RegisteredAsync();
        host.Pages.Time.Advance(TimeSpan.FromMinutes(11));

        await page.GotoAsync(host.Url + "/.authdog/account/passkeys/add");
        page.Url.ShouldContain("/.authdog/login");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Sign in with a passkey");
        await SeeAsync(page, "step-up");
        await page.Locator(SignInButton).ClickAsync();

        await page.WaitForURLAsync("**/account/passkeys/add");
        _ = device;
    }

    [Fact]
    public async Task SecondFactor_AfterThePassword()
    {
        var (page, _, email) = await RegisteredAsync();
        await SignOutAsync(page);
        await page.GotoAsync(host.Url + "/.authdog/login?acr=aal2&return=%2F.authdog%2Fsession");
        await WithoutAutofillAsync(page, host.Url + "/.authdog/login?acr=aal2&return=%2F.authdog%2Fsession", email);
        await page.Locator("#password").FillAsync(Password);
        await SubmitAsync(page);

        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Sign in with a passkey");
        await SeeAsync(page, "second-factor");
        await page.Locator(SignInButton).ClickAsync();
        await page.WaitForURLAsync("**/.authdog/session");

        var session = await SessionAsync(page);
        session.GetProperty("acr").GetString().ShouldBe("aal2");
        session.GetProperty("amr").EnumerateArray().Select(method => method.GetString()).ShouldBe(["hwk", "mfa", "pwd", "user"]);
    }

    [Fact]
    public async Task SaysSo_WhenThePasskeyWasRemoved()
    {
        var (page, _, email) = await RegisteredAsync();
        await RemoveAllAsync(email);
        await page.AddInitScriptAsync("PublicKeyCredential.signalUnknownCredential = async told => { document.title = JSON.stringify(told); };");

        await ClickToSignInAsync(page);

        (await page.Locator(".summary").InnerTextAsync()).ShouldContain("not known here any more");
        await SeeAsync(page, "unknown");
        (await page.TitleAsync()).ShouldContain("\"rpId\":\"localhost\"");
        await NobodyAsync(page);
    }

    [Fact]
    public async Task Refuses_WhenTheCounterWentBack()
    {
        var (page, device, email) = await RegisteredAsync();
        await ClickToSignInAsync(page);
        await page.WaitForURLAsync("**/.authdog/session");
        await SignOutAsync(page);
        await device.SetCounterAsync((await device.CredentialsAsync())[0], 1);

        await ClickToSignInAsync(page);

        (await page.Locator(".summary").InnerTextAsync()).ShouldContain("could not be accepted");
        await NobodyAsync(page);
        _ = email;
    }

    [Fact]
    public async Task SaysSo_WhenTheUserIsNotVerified()
    {
        var (page, device, _) = await RegisteredAsync();
        await SignOutAsync(page);
        await device.VerifyAsync(verified: false);
        await device.TouchAsync(present: false);
        await page.GotoAsync(host.Url + "/.authdog/login");
        await page.Locator(SignInButton).ClickAsync();
        await device.TouchAsync(present: true);

        await page.Locator("form[data-ceremony=get] [role=alert]:not(:empty)").WaitForAsync();
        await SeeAsync(page, "cancelled");
        await NobodyAsync(page);
    }

    [Fact]
    public async Task TwoAccountsOnOneAuthenticator_EachSignsInAsThemselves()
    {
        var (page, device, first) = await RegisteredAsync();
        await SignOutAsync(page);
        var second = await NewPersonAsync();
        await device.TouchAsync(present: false);
        await PasswordAsync(page, second, "/.authdog/account/passkeys/add");
        await device.TouchAsync(present: true);
        await page.Locator("form[data-ceremony=create] button").ClickAsync();
        await page.WaitForURLAsync("**/passkeys?done=passkey-added");

        HashSet<string> seen = [];
        for (var left = 2; left > 0; left--)
        {
            await SignOutAsync(page);
            await ClickToSignInAsync(page);
            await page.WaitForURLAsync("**/.authdog/session");
            var email = (await SessionAsync(page)).GetProperty("email").GetString()!;
            seen.Add(email);
            var own = Convert.ToBase64String((await PasskeysAsync(email))[0].CredentialId);
            await device.RemoveAsync((await device.CredentialsAsync()).Single(credential => credential.GetProperty("credentialId").GetString() == own));
        }

        seen.ShouldBe([first, second], ignoreOrder: true);
    }

    [Fact]
    public async Task NoPasskeyIsOffered_OnAHostThatIsNotOurs()
    {
        var page = await host.Chromium.OpenAsync();
        await VirtualAuthenticator.AddAsync(page);

        await page.GotoAsync(host.Url.Replace("localhost", "other.localhost", StringComparison.Ordinal) + "/.authdog/login");

        (await page.Locator("#email").IsVisibleAsync()).ShouldBeTrue();
        (await page.Locator("form[data-ceremony]").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task LoginPageWorks_AndShowsNoPasskeys_WithoutJavaScript()
    {
        var email = await NewPersonAsync();
        var page = await host.Chromium.OpenAsync(javaScript: false);
        await page.GotoAsync(host.Url + "/.authdog/login?return=%2F.authdog%2Fsession");
        (await page.Locator(SignInButton).IsVisibleAsync()).ShouldBeFalse();
        (await page.Locator(".or").IsVisibleAsync()).ShouldBeFalse();

        await page.Locator("#email").FillAsync(email);
        await SubmitAsync(page);
        await page.Locator("#password").FillAsync(Password);
        await SubmitAsync(page);

        page.Url.ShouldEndWith("/.authdog/session");
    }

    [Fact]
    public async Task TwoTabs_BothGetWhereTheyWanted()
    {
        var (page, device, _) = await RegisteredAsync();
        await SignOutAsync(page);
        await device.TouchAsync(present: false);
        await page.GotoAsync(host.Url + "/.authdog/login?return=%2F.authdog%2Fsession%3Ftab%3D1");
        var second = await page.Context.NewPageAsync();
        await second.GotoAsync(host.Url + "/.authdog/login?return=%2F.authdog%2Fsession%3Ftab%3D2");
        await page.Locator(SignInButton).ClickAsync();
        await device.TouchAsync(present: true);
        await page.WaitForURLAsync("**/.authdog/session?tab=1");

        // The browser is signed in by now: the second tab goes where it wanted to.
        await second.ReloadAsync();
        second.Url.ShouldEndWith("/.authdog/session?tab=2");
    }

    [Fact]
    public async Task BackButton_LeadsToAPageThatWorks()
    {
        var (page, device, email) = await RegisteredAsync();
        await ClickToSignInAsync(page);
        await page.WaitForURLAsync("**/.authdog/session");
        await page.Context.ClearCookiesAsync(new() { Name = "authdog" });
        await device.TouchAsync(present: false);

        await page.GoBackAsync();
        await page.Locator(SignInButton).ClickAsync();
        await device.TouchAsync(present: true);
        await page.WaitForLoadStateAsync(LoadState.Load);
        if (!page.Url.EndsWith("/.authdog/session", StringComparison.Ordinal))
        {
            // The old page's question had been answered already: the page says so and asks anew.
            await page.Locator(SignInButton).ClickAsync();
        }

        await page.WaitForURLAsync("**/.authdog/session");
        (await SessionAsync(page)).GetProperty("email").GetString().ShouldBe(email);
    }

    [Fact]
    public async Task DoubleClick_SignsInOnce()
    {
        var (page, device, email) = await RegisteredAsync();
        await SignOutAsync(page);
        await device.TouchAsync(present: false);
        await page.GotoAsync(host.Url + "/.authdog/login?return=%2F.authdog%2Fsession");
        await page.Locator(SignInButton).DblClickAsync();
        await device.TouchAsync(present: true);

        await page.WaitForURLAsync("**/.authdog/session");
        (await SessionAsync(page)).GetProperty("email").GetString().ShouldBe(email);
    }

    [Fact]
    public async Task TellsThePasswordManagerWhatThereIs()
    {
        var (page, _, email) = await RegisteredAsync();
        await page.AddInitScriptAsync(
            """
            window.told = {};
            PublicKeyCredential.signalAllAcceptedCredentials = async argument => { window.told.all = argument; };
            PublicKeyCredential.signalCurrentUserDetails = async argument => { window.told.user = argument; };
            """);

        await page.GotoAsync(host.Url + "/.authdog/account/passkeys");
        await page.WaitForFunctionAsync("window.told.user");

        var told = await page.EvaluateAsync<JsonElement>("window.told");
        told.GetProperty("all").GetProperty("allAcceptedCredentialIds").GetArrayLength().ShouldBe(1);
        told.GetProperty("user").GetProperty("name").GetString().ShouldBe(email);
    }

    private async Task<(IPage Page, VirtualAuthenticator Device, string Email)> RegisteredAsync(int width = 1280, bool dark = false, string locale = "en-GB", bool synced = false)
    {
        var email = await NewPersonAsync();
        var page = await host.Chromium.OpenAsync(width, dark: dark, locale: locale);
        var device = await VirtualAuthenticator.AddAsync(page, synced);
        await PasswordAsync(page, email, "/.authdog/account/passkeys/add");
        await page.Locator("form[data-ceremony=create] button").ClickAsync();
        await page.WaitForURLAsync("**/passkeys?done=passkey-added");
        return (page, device, email);
    }

    private async Task PasswordAsync(IPage page, string email, string target)
    {
        await page.GotoAsync($"{host.Url}/.authdog/login?return={Uri.EscapeDataString(target)}");
        await page.Locator("#email").FillAsync(email);
        await SubmitAsync(page);
        await page.Locator("#password").FillAsync(Password);
        await SubmitAsync(page);
    }

    // Autofill would answer at once where the virtual authenticator is touched.
    private async Task ClickToSignInAsync(IPage page)
    {
        await SignOutAsync(page);
        await page.AddInitScriptAsync("PublicKeyCredential.isConditionalMediationAvailable = async () => false;");
        await page.GotoAsync(host.Url + "/.authdog/login?return=%2F.authdog%2Fsession");
        await page.Locator(SignInButton).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/login?return", StringComparison.Ordinal) || !url.StartsWith(host.Url + "/.authdog/login?return", StringComparison.Ordinal));
        await page.WaitForLoadStateAsync(LoadState.Load);
    }

    private static async Task WithoutAutofillAsync(IPage page, string address, string email)
    {
        await page.AddInitScriptAsync("PublicKeyCredential.isConditionalMediationAvailable = async () => false;");
        await page.GotoAsync(address);
        await page.Locator("#email").FillAsync(email);
        await SubmitAsync(page);
    }

    private async Task SignOutAsync(IPage page)
    {
        await page.Context.ClearCookiesAsync(new() { Name = "authdog" });
        await page.GotoAsync(host.Url + "/.authdog/logout");
    }

    private static async Task SubmitAsync(IPage page)
    {
        await page.Locator("main form:not([data-ceremony]) button[type=submit]").First.ClickAsync();
        await page.WaitForLoadStateAsync(LoadState.Load);
    }

    private async Task<JsonElement> SessionAsync(IPage page) =>
        JsonDocument.Parse(await (await page.Context.APIRequest.GetAsync(host.Url + "/.authdog/session")).TextAsync()).RootElement;

    private async Task NobodyAsync(IPage page) =>
        (await page.Context.APIRequest.GetAsync(host.Url + "/.authdog/session")).Status.ShouldBe(401);

    private async Task<string> NewPersonAsync()
    {
        await using var scope = Scope();
        EmailAddress.TryParse($"p{Guid.NewGuid():N}@example.com", out var email).ShouldBeTrue();
        var hash = await scope.ServiceProvider.GetRequiredService<PasswordHashing>().HashAsync(Password, "test", CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(email!, emailVerified: true, "Ada Lovelace", hash, CancellationToken.None);
        return email!.Value;
    }

    private async Task<IReadOnlyList<Passkey>> PasskeysAsync(string email)
    {
        await using var scope = Scope();
        var user = await UserAsync(scope.ServiceProvider, email);
        return await scope.ServiceProvider.GetRequiredService<PasskeyDirectory>().ListAsync(user.UserId, CancellationToken.None);
    }

    private async Task RemoveAllAsync(string email)
    {
        foreach (var passkey in await PasskeysAsync(email))
        {
            await using var scope = Scope();
            var user = await UserAsync(scope.ServiceProvider, email);
            await scope.ServiceProvider.GetRequiredService<PasskeyDirectory>().RemoveAsync(user, passkey.Id, evenLast: true, CancellationToken.None);
        }
    }

    private static async Task<User> UserAsync(IServiceProvider services, string email)
    {
        EmailAddress.TryParse(email, out var parsed).ShouldBeTrue();
        return (await services.GetRequiredService<UserDirectory>().FindByEmailAsync(parsed!, CancellationToken.None))!;
    }

    private AsyncServiceScope Scope()
    {
        var scope = host.Pages.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Id = TenantId.Default;
        return scope;
    }

    /// <summary>No page may scroll sideways; and a picture for whoever looks, when <c>AUTHDOG_SCREENSHOTS</c> names a folder.</summary>
    private static async Task SeeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("AUTHDOG_SCREENSHOTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"passkeys-{name}.png"), FullPage = true });
        }

        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBeLessThanOrEqualTo(0, $"{name} scrolls sideways");
    }
}
