using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Passkeys;
using Authdog.Identity.Passwords;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;
using Authdog.TestKit;
using Microsoft.Playwright;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>Passkeys as people use them: in a real Chromium with its virtual authenticator.</summary>
[Trait("Threat", "I7")]
public sealed class PasskeyJourneyTests(PasskeyJourneyHost host) : IClassFixture<PasskeyJourneyHost>
{
    private const string Password = "correct horse battery staple";
    private const string Session = "/.authdog/session";
    private const string UseButton = "form[data-ceremony=get] button";
    private const string CreateButton = "form[data-ceremony=create] button";

    // The virtual authenticator answers the address field's suggestions at once; where a test wants the button, there are none.
    private const string NoSuggestions = "PublicKeyCredential.isConditionalMediationAvailable = async () => false;";

    [Fact]
    public async Task OfferedAfterAPassword_ThenSignsInWithoutTypingAName()
    {
        var email = await NewPersonAsync();
        var page = await OpenAsync();
        await VirtualAuthenticator.AddAsync(page);

        await PasswordAsync(page, email, Session + "?then");
        await SeeAsync(page, "offer");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Sign in faster next time");
        await page.Locator(CreateButton).ClickAsync();
        await page.WaitForURLAsync("**/.authdog/session?then", new() { WaitUntil = WaitUntilState.Commit });

        await SignOutAsync(page);
        await page.GotoAsync(Login(Session + "?again"));
        await SeeAsync(page, "login");
        await page.Locator(UseButton).ClickAsync();
        await page.WaitForURLAsync("**/.authdog/session?again", new() { WaitUntil = WaitUntilState.Commit });

        var session = await SessionAsync(page);
        session.GetProperty("email").GetString().ShouldBe(email);
        session.GetProperty("acr").GetString().ShouldBe("aal2");
        session.GetProperty("amr").EnumerateArray().Select(method => method.GetString()).ShouldBe(["hwk", "mfa", "user"]);
        (await host.Pages.Mail.ReceiveAsync(email)).TextBody!.ShouldContain("A passkey was added to your account.");
    }

    [Fact]
    public async Task SuggestedInTheAddressField_SignsIn()
    {
        var page = await host.Chromium.OpenAsync();
        var (_, email) = await WithPasskeyAsync(page);

        // The person picks the suggestion: the virtual authenticator stands for that.
        await page.GotoAsync(Login(Session), new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForURLAsync("**/.authdog/session", new() { WaitUntil = WaitUntilState.Commit });

        (await SessionAsync(page)).GetProperty("email").GetString().ShouldBe(email);
    }

    [Fact]
    public async Task NotNow_IsRememberedForTheAccountInThisBrowser()
    {
        var email = await NewPersonAsync();
        var page = await OpenAsync();
        await VirtualAuthenticator.AddAsync(page);
        await PasswordAsync(page, email, Session);
        await page.GetByRole(AriaRole.Button, new() { Name = "Not now" }).ClickAsync();
        await page.WaitForURLAsync("**/.authdog/session", new() { WaitUntil = WaitUntilState.Commit });

        await SignOutAsync(page);
        await PasswordAsync(page, email, Session);
        page.Url.ShouldEndWith(Session);

        // Another account in the same browser has not been asked yet.
        await SignOutAsync(page);
        await PasswordAsync(page, await NewPersonAsync(), Session);
        page.Url.ShouldContain("/passkeys/offer");
    }

    [Fact]
    public async Task BrowserMakesOneByItself_WhereItCan()
    {
        var email = await NewPersonAsync();
        var page = await OpenAsync();
        await VirtualAuthenticator.AddAsync(page);

        // Chromium makes them only with a password manager of its own: here it says that it can, and makes one as if it were asked.
        await page.AddInitScriptAsync(
            """
            PublicKeyCredential.getClientCapabilities = async () => ({ conditionalCreate: true });
            const create = navigator.credentials.create.bind(navigator.credentials);
            navigator.credentials.create = options => create({ ...options, mediation: undefined });
            """);
        await PasswordAsync(page, email, Session);
        await page.WaitForURLAsync("**/.authdog/session", new() { WaitUntil = WaitUntilState.Commit });

        (await SessionAsync(page)).GetProperty("email").GetString().ShouldBe(email);
        (await PasskeysAsync(email)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task NothingIsOffered_WhereNoAuthenticatorIs()
    {
        var page = await OpenAsync();

        await PasswordAsync(page, await NewPersonAsync(), Session);

        page.Url.ShouldEndWith(Session);
    }

    [Theory]
    [InlineData("desktop", 1280, false, "en-GB")]
    [InlineData("phone", 320, true, "de-DE")]
    public async Task OwnerAddsRenamesAndRemoves(string name, int width, bool dark, string locale)
    {
        var email = await NewPersonAsync();
        var page = await OpenAsync(width, dark, locale);
        var device = await VirtualAuthenticator.AddAsync(page, synced: true);
        await PasswordAsync(page, email, "/.authdog/account/passkeys/add");
        await SeeAsync(page, $"{name}-add");
        await page.Locator(CreateButton).ClickAsync();
        await page.WaitForURLAsync("**/passkeys?done=passkey-added", new() { WaitUntil = WaitUntilState.Commit });
        await SeeAsync(page, $"{name}-list");
        (await page.Locator(".badge").InnerTextAsync()).ShouldBe(locale == "de-DE" ? "Synchronisiert" : "Synced");

        // Rename, with a name as long as names may be.
        await page.Locator(".passkeys a").First.ClickAsync();
        await page.Locator("#name").FillAsync(new string('w', 60));
        await SeeAsync(page, $"{name}-rename");
        await page.Locator("main button[type=submit]").ClickAsync();
        (await page.Locator(".passkeys strong").InnerTextAsync()).ShouldBe(new string('w', 60));
        await SeeAsync(page, $"{name}-long-name");

        // The same device makes no second one, and the page says why.
        await page.Locator("main .button").ClickAsync();
        await page.Locator(CreateButton).ClickAsync();
        await page.Locator("form[data-ceremony=create] [role=alert]:not(:empty)").WaitForAsync();
        await SeeAsync(page, $"{name}-add-refused");
        (await page.Locator("[role=alert]").InnerTextAsync()).ShouldContain(locale == "de-DE" ? "hat schon einen Passkey" : "has a passkey for your account already");

        // Another device does.
        await device.LeaveAsync();
        await VirtualAuthenticator.AddAsync(page);
        await page.Locator(CreateButton).ClickAsync();
        await page.WaitForURLAsync("**/passkeys?done=passkey-added", new() { WaitUntil = WaitUntilState.Commit });
        (await PasskeysAsync(email)).Count.ShouldBe(2);
        await SeeAsync(page, $"{name}-two");

        await page.Locator(".passkeys a[href$=remove]").First.ClickAsync();
        await SeeAsync(page, $"{name}-remove");
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/passkeys?done=passkey-removed", new() { WaitUntil = WaitUntilState.Commit });
        (await PasskeysAsync(email)).Count.ShouldBe(1);
        (await host.Pages.Mail.ReceiveAsync(email, 3)).TextBody!.ShouldContain("/.authdog/not-me");
    }

    [Fact]
    public async Task ProvesItAgainByPasskey_BeforeAddingOne_WhenTheSignInIsOld()
    {
        var page = await OpenAsync();
        await WithPasskeyAsync(page);
        await ClickToSignInAsync(page);
        host.Pages.Time.Advance(TimeSpan.FromMinutes(11));

        await page.GotoAsync(host.Url + "/.authdog/account/passkeys/add");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Sign in with a passkey");
        await SeeAsync(page, "step-up");
        await page.Locator(UseButton).ClickAsync();

        await page.WaitForURLAsync("**/account/passkeys/add", new() { WaitUntil = WaitUntilState.Commit });
    }

    [Fact]
    public async Task SecondFactor_AfterThePassword()
    {
        var page = await OpenAsync();
        var (_, email) = await WithPasskeyAsync(page);
        await page.GotoAsync(Login(Session) + "&acr=aal2");
        await page.Locator("#email").FillAsync(email);
        await SubmitAsync(page);
        await page.Locator("#password").FillAsync(Password);
        await SubmitAsync(page);

        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Sign in with a passkey");
        await SeeAsync(page, "second-factor");
        await page.Locator(UseButton).ClickAsync();
        await page.WaitForURLAsync("**/.authdog/session", new() { WaitUntil = WaitUntilState.Commit });

        var session = await SessionAsync(page);
        session.GetProperty("acr").GetString().ShouldBe("aal2");
        session.GetProperty("amr").EnumerateArray().Select(method => method.GetString()).ShouldBe(["hwk", "mfa", "pwd", "user"]);
    }

    [Theory]
    [InlineData("desktop", 1280, false, "en-GB")]
    [InlineData("phone", 320, true, "de-DE")]
    public async Task SetUpWithinTheLogin_WhereTheRoleNeedsASecondFactor(string name, int width, bool dark, string locale)
    {
        var email = await NewPersonAsync("admin");
        var page = await OpenAsync(width, dark, locale);
        var device = await VirtualAuthenticator.AddAsync(page);
        await PasswordAsync(page, email, Session + "?then");
        await SeeAsync(page, $"{name}-enrolment");
        await NobodyAsync(page);

        // Refused at first: the page says so, and the login goes on.
        await page.ClickThroughAsync(page.Locator("main a[href*='method=passkey']"));
        await SeeAsync(page, $"{name}-enrolment-passkey");
        await device.VerifyAsync(verified: false);
        await page.Locator(CreateButton).ClickAsync();
        await page.Locator("form[data-ceremony=create] [role=alert]:not(:empty)").WaitForAsync();
        await NobodyAsync(page);

        await device.VerifyAsync(verified: true);
        await page.Locator(CreateButton).ClickAsync();
        await page.WaitForURLAsync("**/.authdog/session?then", new() { WaitUntil = WaitUntilState.Commit });
        (await SessionAsync(page)).GetProperty("acr").GetString().ShouldBe("aal2");
        (await PasskeysAsync(email)).Count.ShouldBe(1);
        (await host.Pages.Mail.ReceiveAsync(email)).TextBody!.ShouldContain("/.authdog/not-me");

        // The next time this browser offers it first, and nothing is to be set up.
        await SignOutAsync(page);
        await page.GotoAsync(Login(Session));
        await page.Locator("#email").FillAsync(email);
        await SubmitAsync(page);
        await page.Locator(UseButton).ClickAsync();
        await page.WaitForURLAsync("**/.authdog/session", new() { WaitUntil = WaitUntilState.Commit });
    }

    [Fact]
    public async Task SaysSo_WhenThePasskeyWasRemoved()
    {
        var page = await OpenAsync();
        var (_, email) = await WithPasskeyAsync(page);
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
        var page = await OpenAsync();
        var (device, _) = await WithPasskeyAsync(page);
        await ClickToSignInAsync(page);
        await SignOutAsync(page);
        await device.SetCounterAsync((await device.CredentialsAsync())[0], 1);

        await ClickToSignInAsync(page);

        (await page.Locator(".summary").InnerTextAsync()).ShouldContain("could not be accepted");
        await NobodyAsync(page);
    }

    [Fact]
    public async Task SaysSo_WhenTheUserIsNotVerified()
    {
        var page = await OpenAsync();
        var (device, _) = await WithPasskeyAsync(page);
        await device.VerifyAsync(verified: false);
        await page.GotoAsync(Login(Session));
        await page.Locator(UseButton).ClickAsync();

        await page.Locator("form[data-ceremony=get] [role=alert]:not(:empty)").WaitForAsync();
        await SeeAsync(page, "cancelled");
        (await page.Locator(UseButton).IsEnabledAsync()).ShouldBeTrue();
        await NobodyAsync(page);
    }

    [Fact]
    public async Task TwoAccountsOnOneAuthenticator_EachSignsInAsThemselves()
    {
        var page = await OpenAsync();
        var (device, first) = await WithPasskeyAsync(page);
        var second = await NewPersonAsync();
        await device.AddAsync(await RegisterAsync(second));

        HashSet<string> seen = [];
        for (var left = 2; left > 0; left--)
        {
            await SignOutAsync(page);
            await ClickToSignInAsync(page);
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
        var page = await OpenAsync();
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
        await page.GotoAsync(Login(Session));
        (await page.Locator(UseButton).IsVisibleAsync()).ShouldBeFalse();
        (await page.Locator(".or").IsVisibleAsync()).ShouldBeFalse();

        await page.Locator("#email").FillAsync(email);
        await SubmitAsync(page);
        await page.Locator("#password").FillAsync(Password);
        await SubmitAsync(page);

        page.Url.ShouldEndWith(Session);
    }

    [Fact]
    public async Task TwoTabsAndTheBackButton_LeadToPagesThatWork()
    {
        var page = await OpenAsync();
        var (_, email) = await WithPasskeyAsync(page);
        var second = await page.Context.NewPageAsync();
        await page.GotoAsync(Login(Session + "?tab=1"));
        await second.GotoAsync(Login(Session + "?tab=2"));
        await page.Locator(UseButton).DblClickAsync();
        await page.WaitForURLAsync("**/.authdog/session?tab=1", new() { WaitUntil = WaitUntilState.Commit });

        // The browser is signed in by now: the second tab goes where it wanted to.
        await second.ReloadAsync();
        second.Url.ShouldEndWith(Session + "?tab=2");

        // The first tab's old page asks what has been answered: it says so, and asks anew.
        await page.Context.ClearCookiesAsync(new() { Name = "authdog" });
        await page.GoBackAsync();
        await page.ClickThroughAsync(page.Locator(UseButton));
        if (!page.Url.EndsWith(Session + "?tab=1", StringComparison.Ordinal))
        {
            await page.Locator(UseButton).ClickAsync();
        }

        await page.WaitForURLAsync("**/.authdog/session?tab=1", new() { WaitUntil = WaitUntilState.Commit });
        (await SessionAsync(page)).GetProperty("email").GetString().ShouldBe(email);
    }

    [Fact]
    public async Task TellsThePasswordManagerWhatThereIs()
    {
        var page = await OpenAsync();
        var (_, email) = await WithPasskeyAsync(page);
        await ClickToSignInAsync(page);
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

    private async Task<IPage> OpenAsync(int width = 1280, bool dark = false, string locale = "en-GB")
    {
        var page = await host.Chromium.OpenAsync(width, dark: dark, locale: locale);
        await page.AddInitScriptAsync(NoSuggestions);
        return page;
    }

    private string Login(string target) => $"{host.Url}/.authdog/login?return={Uri.EscapeDataString(target)}";

    private async Task<(VirtualAuthenticator Device, string Email)> WithPasskeyAsync(IPage page)
    {
        var email = await NewPersonAsync();
        var device = await VirtualAuthenticator.AddAsync(page);
        await device.AddAsync(await RegisterAsync(email));
        return (device, email);
    }

    private async Task<SoftwareAuthenticator> RegisterAsync(string email)
    {
        await using var bench = new PasskeyBench(host.Pages);
        var authenticator = new SoftwareAuthenticator { Origin = host.Url, RelyingPartyId = "localhost" };
        await bench.RegisteredAsync(await UserAsync(bench, email), authenticator);
        return authenticator;
    }

    private async Task PasswordAsync(IPage page, string email, string target)
    {
        await page.GotoAsync(Login(target));
        await page.Locator("#email").FillAsync(email);
        await SubmitAsync(page);
        await page.Locator("#password").FillAsync(Password);
        await SubmitAsync(page);
    }

    private async Task ClickToSignInAsync(IPage page)
    {
        await page.GotoAsync(Login(Session));
        await page.ClickThroughAsync(page.Locator(UseButton));
    }

    private static Task SignOutAsync(IPage page) => page.Context.ClearCookiesAsync(new() { Name = "authdog" });

    private static Task SubmitAsync(IPage page) => page.ClickThroughAsync(page.Locator("main form:not([data-ceremony]) button[type=submit]").First);

    private async Task<JsonElement> SessionAsync(IPage page) =>
        JsonDocument.Parse(await (await page.Context.APIRequest.GetAsync(host.Url + Session)).TextAsync()).RootElement;

    private async Task NobodyAsync(IPage page) =>
        (await page.Context.APIRequest.GetAsync(host.Url + Session)).Status.ShouldBe(401);

    private async Task<string> NewPersonAsync(params string[] roles)
    {
        await using var bench = new PasskeyBench(host.Pages);
        var user = await bench.NewUserAsync(passwordHash: await bench.Get<PasswordHashing>().HashAsync(Password, "test", CancellationToken.None));
        await bench.Get<UserDirectory>().AddRolesAsync(user, roles, CancellationToken.None);
        return user.Email!;
    }

    private async Task<IReadOnlyList<Passkey>> PasskeysAsync(string email)
    {
        await using var bench = new PasskeyBench(host.Pages);
        return await bench.Passkeys.ListAsync((await UserAsync(bench, email)).UserId, CancellationToken.None);
    }

    private async Task RemoveAllAsync(string email)
    {
        await using var bench = new PasskeyBench(host.Pages);
        var user = await UserAsync(bench, email);
        foreach (var passkey in await bench.Passkeys.ListAsync(user.UserId, CancellationToken.None))
        {
            await bench.Passkeys.RemoveAsync(user, passkey.Id, CancellationToken.None);
        }
    }

    private static async Task<User> UserAsync(PasskeyBench bench, string email)
    {
        EmailAddress.TryParse(email, out var parsed).ShouldBeTrue();
        return (await bench.Get<UserDirectory>().FindByEmailAsync(parsed!, CancellationToken.None)).ShouldNotBeNull();
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
