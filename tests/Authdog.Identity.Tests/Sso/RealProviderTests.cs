using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Sso.Setup;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Authdog.TestKit;
using Authdog.TestKit.Oidc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Authdog.Identity.Tests.Sso;

/// <summary>Against OpenID Providers that others wrote.</summary>
public sealed partial class RealProviderTests : IAsyncLifetime
{
    private const string Secret = "a secret that is long enough for anybody";
    private const string Domain = "real.test";
    private readonly string _url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
    private readonly PagesHost _host;

    public RealProviderTests()
    {
        _host = new PagesHost { Reach = new Uri(_url), Listen = _url }.With("Sso:AllowPrivateNetworks", "true");
    }

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    public async Task SignsInAndOutFromBothEnds_WhenTheProviderIsOidcProvider(string authentication)
    {
        await using var provider = await StartAsync(authentication);
        await ConnectAsync(provider.Url, authentication == "client_secret_basic" ? ClientAuthentication.ClientSecretBasic : ClientAuthentication.ClientSecretPost);

        using var person = NewClient();
        (await SignInAsync(person)).ShouldBe(_url + "/app", provider.Said);
        var session = await SessionAsync(person);
        session!.Email.ShouldBe("ada@" + Domain);
        session.Roles.ShouldBe(["member"]);

        // From this end: the provider asks, is told yes, and sends the browser back.
        var (address, html) = await GoAsync(person, await PostFormAsync(person, await GetAsync(person, _url + PagePaths.Logout)));
        address.ShouldStartWith(provider.Url + "/session/end");
        (await PostFormAsync(person, (address, html), ("logout", "yes"))).Address.ShouldStartWith(_url + PagePaths.Logout);
        (await SessionAsync(person)).ShouldBeNull();

        // From the other end: another browser's sign-out there ends its session here.
        using var other = NewClient();
        await SignInAsync(other);
        (await SessionAsync(other)).ShouldNotBeNull();
        await PostFormAsync(other, await GetAsync(other, provider.Url + "/session/end"), ("logout", "yes"));
        for (var tries = 0; tries < 200 && await SessionAsync(other) is not null; tries++)
        {
            await Task.Delay(25);
        }

        (await SessionAsync(other)).ShouldBeNull(provider.Said);
    }

    /// <summary>From the link that a customer's administrator is given to a person who signs in, out, and a colleague who joins: in browsers that run no script.</summary>
    [Fact]
    public async Task AdministratorSetsItUp_AndPeopleSignInAndOutAndJoin_WhenAllHaveBrowsers()
    {
        await using var provider = await StartAsync("client_secret_basic");
        SetTime();
        await using var chromium = await Chromium.StartAsync();
        await SetUpAsync(await chromium.OpenAsync(javaScript: false, width: 320, locale: "de-DE"), provider);

        // Its provider is a process of its own, on a machine that runs other tests.
        var page = await chromium.OpenAsync(javaScript: false, width: 390);
        page.SetDefaultTimeout(45_000);
        await page.GotoAsync(_url + PagePaths.Login + "?return=%2F.authdog%2Faccount");
        await page.Locator("[name=email]").FillAsync("ada@" + Domain);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync(_url + "/.authdog/account*", new() { WaitUntil = WaitUntilState.Commit });
        await page.GetByText("ada@" + Domain).First.WaitForAsync();

        await page.GotoAsync(_url + PagePaths.Logout);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync(provider.Url + "/session/end*", new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator("button[name=logout]").ClickAsync();
        await page.WaitForURLAsync(_url + PagePaths.Logout + "*", new() { WaitUntil = WaitUntilState.Commit });
        (await page.GotoAsync(_url + "/.authdog/session"))!.Status.ShouldBe(401);

        await JoinAsync(page);
    }

    [Fact]
    public async Task SignsIn_WhenTheProviderIsOAuth2MockServer()
    {
        await using var provider = await OpenIdProviderServer.StartAsync("oauth2-mock-server", "ada@" + Domain, new { });
        await ConnectAsync(provider.Url, ClientAuthentication.None);

        using var person = NewClient();

        (await SignInAsync(person)).ShouldBe(_url + "/app", provider.Said);
        (await SessionAsync(person))!.Connection.ShouldBe("real");
    }

    private Task<OpenIdProviderServer> StartAsync(string authentication) => OpenIdProviderServer.StartAsync("oidc-provider", "ada@" + Domain, new
    {
        client_id = "authdog",
        client_secret = Secret,
        token_endpoint_auth_method = authentication,
        redirect_uris = new[] { _url + "/.authdog/oidc/real/callback" },
        post_logout_redirect_uris = new[] { _url + PagePaths.Logout },
        backchannel_logout_uri = _url + "/.authdog/oidc/real/backchannel-logout",
        backchannel_logout_session_required = true,
        grant_types = new[] { "authorization_code", "refresh_token" },
        response_types = new[] { "code" },
    });

    private async Task ConnectAsync(string issuer, ClientAuthentication authentication)
    {
        var now = _host.Time.GetUtcNow();
        Connection row = new() { TenantId = TenantId.Default, Id = Guid.CreateVersion7(), Slug = "real", Kind = ConnectionKind.Oidc, Name = "Real", Settings = "{}", CreatedAt = now, UpdatedAt = now, Mapping = """{"roles":{"staff":["member"]}}""" };
        row.Settings = new OidcSettings
        {
            Issuer = issuer,
            ClientId = "authdog",
            Authentication = authentication,
            ClientSecret = authentication is ClientAuthentication.None ? null : _host.Services.GetRequiredService<ConnectionSecrets>().Protect(row, Secret),
        }.ToJson();
        (await _host.Services.GetRequiredService<ConnectionChanges>().AddAsync(row, CancellationToken.None)).ShouldBeOfType<ConnectionChange.Done>();
        await using var context = _host.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
        context.UseTenant(() => TenantId.Default);
        context.Add(new TenantDomain { TenantId = TenantId.Default, Domain = Domain, ConnectionId = row.Id, VerifiedAt = now, CreatedAt = now });
        await context.SaveChangesAsync();
        await _host.Services.GetRequiredService<ConnectionChanges>().TellAsync(TenantId.Default);

        SetTime();
        var checks = await (await _host.ScopeAsync()).ServiceProvider.GetRequiredService<ConnectionTrial>().RunAsync((await _host.Services.GetRequiredService<Connections>().FindAsync(TenantId.Default, "real", CancellationToken.None))!, CancellationToken.None);
        checks.Take(2).ShouldAllBe(check => check.Passed);
    }

    // A real provider has the real time.
    private void SetTime()
    {
        _host.Time.AutoAdvanceAmount = TimeSpan.Zero;
        if (TimeProvider.System.GetUtcNow() > _host.Time.GetUtcNow())
        {
            _host.Time.SetUtcNow(TimeProvider.System.GetUtcNow());
        }
    }

    private async Task SetUpAsync(IPage page, OpenIdProviderServer provider)
    {
        var (link, _) = await _host.Services.GetRequiredService<SetupLinks>().InviteAsync(TenantId.Default, "real", ConnectionKind.Oidc, SetupLinks.DefaultLifetime, CancellationToken.None);
        await page.GotoAsync(link!);
        await NextAsync(page, "setup-1-start");
        await page.Locator("select[name=provider]").SelectOptionAsync("other");
        await NextAsync(page, "setup-2-provider");
        await SeeAsync(page, "setup-3-values");
        await page.ClickThroughAsync(page.Locator("main a.button"));
        await page.Locator("[name=issuer]").FillAsync(provider.Url);
        await page.Locator("[name=client]").FillAsync("authdog");
        await page.Locator("[name=secret]").FillAsync("not the secret");
        await NextAsync(page, "setup-4-client");

        // It says at once that the secret is wrong.
        (await page.Locator("main .error").First.InnerTextAsync()).ShouldContain("geben Sie das Geheimnis noch einmal an");
        await page.Locator("[name=secret]").FillAsync(Secret);
        await NextAsync(page, "setup-5-client-wrong");
        await page.Locator("[name=domain]").FillAsync(Domain);
        await NextAsync(page, "setup-6-domain");
        await SeeAsync(page, "setup-7-domain-record");
        await ChangeDomainAsync(set => set.SetProperty(row => row.VerifiedAt, _host.Time.GetUtcNow()));
        await page.ReloadAsync();
        await page.ClickThroughAsync(page.Locator("main a.button"));
        await SeeAsync(page, "setup-8-test");

        // To the provider and back by themselves.
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.Locator("main dl.copy").WaitForAsync();
        await SeeAsync(page, "setup-9-report");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Es funktioniert");
        var report = await page.Locator("main dl.copy").InnerTextAsync();
        report.ShouldContain("ada@" + Domain);
        report.ShouldContain("Ada Lovelace");
        report.ShouldContain("staff");
        await page.ClickThroughAsync(page.Locator("main a.button"));
        await NextAsync(page, "setup-10-live");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Es ist freigeschaltet");
        await SeeAsync(page, "setup-11-done");
    }

    // Sign-up is shut, and nobody is led to the connection any more: the domain alone lets its people in.
    private async Task JoinAsync(IPage page)
    {
        (await _host.SetSettingsAsync("""{ "SignUp": { "Enabled": false } }""")).ShouldBeOfType<TenantChange.Done>();
        await ChangeDomainAsync(static set => set.SetProperty(row => row.ConnectionId, (Guid?)null).SetProperty(row => row.Join, true));
        await page.GotoAsync(_url + PagePaths.Login + "?return=%2F.authdog%2Faccount");
        await page.ClickThroughAsync(page.Locator($"a[href^='{PagePaths.SignUp}']").First);
        await page.Locator("[name=email]").FillAsync("grace@" + Domain);
        await page.Locator("[name=password]").FillAsync("correct horse battery staple 17");
        await NextAsync(page, "join-1-sign-up");
        await page.GotoAsync(Mailbox.Link(await _host.Mail.ReceiveAsync("grace@" + Domain)));
        await NextAsync(page, "join-2-verify");
        await using var scope = await _host.ScopeAsync();
        EmailAddress.TryParse("grace@" + Domain, out var email).ShouldBeTrue();
        (await scope.ServiceProvider.GetRequiredService<UserDirectory>().FindByEmailAsync(email, CancellationToken.None)).ShouldNotBeNull().EmailConfirmed.ShouldBeTrue();
    }

    private static async Task NextAsync(IPage page, string name)
    {
        await SeeAsync(page, name);
        await page.ClickThroughAsync(page.Locator("main form button[type=submit]").First);
    }

    // No page scrolls sideways; and pictures for whoever looks, narrow as it is and wide and dark.
    private static async Task SeeAsync(IPage page, string name)
    {
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).ShouldBeTrue($"{name} scrolls sideways");
        if (Environment.GetEnvironmentVariable("AUTHDOG_SCREENSHOTS") is { Length: > 0 } folder && page.ViewportSize is { } size)
        {
            Directory.CreateDirectory(folder);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await page.SetViewportSizeAsync(1280, 900);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + "-wide.png"), FullPage = true });
            await page.SetViewportSizeAsync(size.Width, size.Height);
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        }
    }

    private async Task ChangeDomainAsync(Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<TenantDomain>> change)
    {
        await using var context = _host.Services.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
        context.UseTenant(() => TenantId.Default);
        await context.Set<TenantDomain>().Where(row => row.Domain == Domain).ExecuteUpdateAsync(change);
        await _host.Services.GetRequiredService<ConnectionChanges>().TellAsync(TenantId.Default);
    }

    private static HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    private async Task<string> SignInAsync(HttpClient person)
    {
        var page = await PostFormAsync(person, await GetAsync(person, _url + PagePaths.Login + "?return=%2Fapp"), ("email", "ada@" + Domain));
        return (await GoAsync(person, page)).Address;
    }

    /// <summary>On to where the page leads by itself.</summary>
    private static Task<(string Address, string Html)> GoAsync(HttpClient person, (string Address, string Html) page)
    {
        Refreshes().IsMatch(page.Html).ShouldBeTrue(page.Html);
        return GetAsync(person, WebUtility.HtmlDecode(Refreshes().Match(page.Html).Groups[1].Value));
    }

    private static async Task<(string Address, string Html)> GetAsync(HttpClient person, string address) => await FollowAsync(person, new Uri(address), await person.GetAsync(address));

    private static async Task<(string Address, string Html)> PostFormAsync(HttpClient person, (string Address, string Html) page, params (string Name, string Value)[] fields)
    {
        var form = Forms().Match(page.Html);
        var values = Fields().Matches(form.Groups[2].Value).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        using var content = new FormUrlEncodedContent(values);
        var address = new Uri(new Uri(page.Address), WebUtility.HtmlDecode(form.Groups[1].Value));
        return await FollowAsync(person, address, await person.PostAsync(address, content));
    }

    private static async Task<(string Address, string Html)> FollowAsync(HttpClient person, Uri address, HttpResponseMessage response)
    {
        for (var hops = 0; response.Headers.Location is { } location && hops < 12; hops++)
        {
            address = new Uri(address, location);
            response.Dispose();
            response = await person.GetAsync(address);
        }

        using (response)
        {
            return (address.AbsoluteUri, await response.Content.ReadAsStringAsync());
        }
    }

    private async Task<Session?> SessionAsync(HttpClient person)
    {
        using var response = await person.GetAsync(_url + "/.authdog/session");
        if (response.StatusCode is not HttpStatusCode.OK)
        {
            return null;
        }

        await using var scope = await _host.ScopeAsync();
        EmailAddress.TryParse("ada@" + Domain, out var email).ShouldBeTrue();
        var user = await scope.ServiceProvider.GetRequiredService<UserDirectory>().FindByEmailAsync(email!, CancellationToken.None);
        return (await _host.Services.GetRequiredService<SessionStore>().ListAsync(TenantId.Default, user!.UserId, CancellationToken.None))[0];
    }

    [GeneratedRegex("<meta http-equiv=\"refresh\" content=\"0;url=([^\"]+)\"")]
    private static partial Regex Refreshes();

    [GeneratedRegex("<form[^>]* action=\"([^\"]*)\"[^>]*>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*name=\"([^\"]*)\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Fields();
}
