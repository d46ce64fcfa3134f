using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Passwords;
using Authdog.TestKit;
using Microsoft.Playwright;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>Passkeys on a tenant's own host and on related origins: a real Chromium, real host names, TLS.</summary>
[Trait("Threat", "I7")]
public sealed class PasskeyHostJourneyTests(TlsPagesHost host) : IClassFixture<TlsPagesHost>
{
    private const string Password = "correct horse battery staple";
    private const string Session = "/.authdog/session";
    private const string UseButton = "form[data-ceremony=get] button";
    private const string CreateButton = "form[data-ceremony=create] button";

    [Fact]
    [Trait("Threat", "I10")]
    public async Task TenantsOwnHost_RegistersAndSignsIn_AndItsPasskeyIsNoneOnTheGatewaysHost()
    {
        var page = await OpenAsync();
        var device = await VirtualAuthenticator.AddAsync(page);
        var email = await NewPersonAsync(TlsPagesHost.Acme);
        await PasswordAsync(page, TlsPagesHost.Own, email, Session);
        await page.ClickThroughAsync(page.Locator(CreateButton));

        (await device.CredentialsAsync()).ShouldHaveSingleItem().GetProperty("rpId").GetString().ShouldBe("login.acme.test");
        (await SessionAsync(page)).GetProperty("tenant").GetString().ShouldBe("acme");

        await page.Context.ClearCookiesAsync();
        await PasskeyAsync(page, TlsPagesHost.Own);
        var session = await SessionAsync(page);
        session.GetProperty("email").GetString().ShouldBe(email);
        session.GetProperty("tenant").GetString().ShouldBe("acme");
        session.GetProperty("acr").GetString().ShouldBe("aal2");

        // The browser itself has none for the shared host, and says so on the page.
        await page.GotoAsync(TlsPagesHost.Shared + "/.authdog/login");
        await page.Locator(UseButton).ClickAsync();
        await page.Locator("form[data-ceremony=get] [role=alert]:not(:empty)").WaitForAsync();
        page.Url.ShouldStartWith(TlsPagesHost.Shared + "/.authdog/login");
    }

    [Fact]
    public async Task RelatedOrigin_SignsInWithThePasskeyOfTheGatewaysHost_AndRegistersOne()
    {
        var page = await OpenAsync();
        var device = await VirtualAuthenticator.AddAsync(page);
        var email = await NewPersonAsync(TenantId.Default);
        await PasswordAsync(page, TlsPagesHost.Shared, email, Session);
        await page.ClickThroughAsync(page.Locator(CreateButton));

        await PasskeyAsync(page, TlsPagesHost.Related);
        (await SessionAsync(page)).GetProperty("email").GetString().ShouldBe(email);

        // One that is made there belongs to the gateway's host too.
        var other = await NewPersonAsync(TenantId.Default);
        await page.Context.ClearCookiesAsync();
        await PasswordAsync(page, TlsPagesHost.Related, other, Session);
        await page.ClickThroughAsync(page.Locator(CreateButton));
        (await device.CredentialsAsync()).Select(credential => credential.GetProperty("rpId").GetString()).ShouldBe(["gateway.test", "gateway.test"]);
    }

    [Fact]
    public async Task OriginThatNobodyNamed_IsOfferedNone_AndTheBrowserWouldRefuseIt()
    {
        var page = await OpenAsync();
        await VirtualAuthenticator.AddAsync(page);

        await page.GotoAsync(TlsPagesHost.Stranger + "/.authdog/login");
        (await page.Locator("form[data-ceremony]").CountAsync()).ShouldBe(0);

        // Such as a page of a thief who has copied ours: the list at /.well-known/webauthn does not have it.
        var refusal = await page.EvaluateAsync<string>(
            "navigator.credentials.get({ publicKey: { challenge: new Uint8Array(32), rpId: 'gateway.test' } }).then(() => 'signed', error => error.name)");
        refusal.ShouldBe("SecurityError");
    }

    [Fact]
    public async Task WellKnownPlaces_NameTheHostThatWasAsked()
    {
        var page = await OpenAsync();

        (await page.GotoAsync(TlsPagesHost.Shared + "/.well-known/webauthn")).ShouldNotBeNull();
        JsonDocument.Parse(await page.Locator("body").InnerTextAsync()).RootElement.GetProperty("origins").EnumerateArray().Select(origin => origin.GetString())
            .ShouldBe([TlsPagesHost.Shared, TlsPagesHost.Related]);

        await page.GotoAsync(TlsPagesHost.Own + "/.well-known/passkey-endpoints");
        JsonDocument.Parse(await page.Locator("body").InnerTextAsync()).RootElement.GetProperty("enroll").GetString()
            .ShouldBe(TlsPagesHost.Own + "/.authdog/account/passkeys/add");
    }

    // The virtual authenticator answers the address field's suggestions at once; these tests want the button.
    private async Task<IPage> OpenAsync()
    {
        var page = await host.Chromium.OpenAsync();
        await page.AddInitScriptAsync("PublicKeyCredential.isConditionalMediationAvailable = async () => false;");
        return page;
    }

    private async Task<string> NewPersonAsync(TenantId tenant)
    {
        await using var bench = new PasskeyBench(host.Pages, tenant);
        return (await bench.NewUserAsync(passwordHash: await bench.Get<PasswordHashing>().HashAsync(Password, "test", CancellationToken.None))).Email!;
    }

    private static async Task PasswordAsync(IPage page, string origin, string email, string target)
    {
        await page.GotoAsync($"{origin}/.authdog/login?return={Uri.EscapeDataString(target)}");
        await page.Locator("#email").FillAsync(email);
        await page.ClickThroughAsync(page.Locator("main form:not([data-ceremony]) button[type=submit]").First);
        await page.Locator("#password").FillAsync(Password);
        await page.ClickThroughAsync(page.Locator("main form:not([data-ceremony]) button[type=submit]").First);
    }

    private static async Task PasskeyAsync(IPage page, string origin)
    {
        await page.GotoAsync($"{origin}/.authdog/login?return={Uri.EscapeDataString(Session)}");
        await page.ClickThroughAsync(page.Locator(UseButton));
    }

    private static async Task<JsonElement> SessionAsync(IPage page)
    {
        await page.WaitForURLAsync("**" + Session, new() { WaitUntil = WaitUntilState.Commit });
        return JsonDocument.Parse(await page.Locator("body").InnerTextAsync()).RootElement;
    }
}
