using System.Net;
using System.Text.Json;
using Authdog.Identity.Consents;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Sessions;
using Authdog.Identity.SignUp;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Tenants;

public sealed class TenantOptionsTests(TenantOptionsTests.Host host) : IClassFixture<TenantOptionsTests.Host>, IAsyncLifetime
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await host.SetSettingsAsync("{}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task SharesTheGatewaysOwn_WhenTheTenantSetNothing()
    {
        await using var scope = await host.ScopeAsync();

        Options<BrandOptions>(scope).ShouldBeSameAs(host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<BrandOptions>>().Value);
    }

    [Fact]
    public async Task LaysTheTenantsSettingsOverTheGatewaysOwn_WhenTheyAreSet()
    {
        await SetAsync("""
            {
              "Login": { "Methods": ["password"], "Brand": { "ProductName": "Acme", "Languages": ["de"], "Variables": { "radius": "0px" } } },
              "signup": { "enabled": false },
              "Passwords": { "MinimumLengthAsOnlyFactor": 20 },
              "Sessions": { "IdleTimeout": "00:05:00", "MaximumPerUser": 2 }
            }
            """);
        await using var scope = await host.ScopeAsync();

        var brand = Options<BrandOptions>(scope);
        (brand.ProductName, brand.AccentColor, brand.Languages.ShouldHaveSingleItem(), brand.Variables["radius"]).ShouldBe(("Acme", "#123456", "de", "0px"));
        Options<LoginOptions>(scope).Methods.ShouldBe(["password"]);
        Options<SignUpOptions>(scope).Enabled.ShouldBeFalse();
        (Options<PasswordOptions>(scope).MinimumLengthAsOnlyFactor, Options<PasswordOptions>(scope).MaximumLength).ShouldBe((20, 256));
        (Options<SessionOptions>(scope).IdleTimeout, Options<SessionOptions>(scope).AbsoluteLifetime).ShouldBe((TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)));
        Options<BrandOptions>(scope).ShouldBeSameAs(brand);
    }

    [Fact]
    public async Task ReplacesTheGatewaysList_WhenTheTenantSetsOneOfItsOwn()
    {
        await SetAsync("""{ "Login": { "Brand": { "Languages": [] } } }""");
        await using var scope = await host.ScopeAsync();

        Options<BrandOptions>(scope).Languages.ShouldBeEmpty();
    }

    [Fact]
    public async Task AllocatesNothing_WhenItIsReadAgain()
    {
        await SetAsync("""{ "Login": { "Brand": { "ProductName": "Acme" } } }""");
        await using var scope = await host.ScopeAsync();
        var options = scope.ServiceProvider.GetRequiredService<TenantOptions<BrandOptions>>();
        var tenants = host.Services.GetRequiredService<TenantCache>();
        _ = options.Value;
        tenants.TryFind(TenantId.Default, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _ = options.Value;
            tenants.TryFind(TenantId.Default, out _);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Theory]
    [InlineData("[]", "AG3401")]
    [InlineData("{", "AG3401")]
    [InlineData("""{ "SignUp": { "Enabled": true, "Enabled": false } }""", "AG3401")]
    [InlineData("""{ "SignUp": { "Enabled": true, "enabled": false } }""", "AG3401")]
    [InlineData("""{ "SignUp": { "Enabeld": true } }""", "AG3402 'SignUp:Enabeld' is not a setting. A tenant may set: Accounts:Deletion:Enabled, ")]
    [InlineData("""{ "Redis": { "ConnectionString": "localhost" } }""", "AG3402 'Redis:ConnectionString' is not a setting.")]
    [InlineData("""{ "Login": { "Brand": { "LogoFile": "/etc/passwd" } } }""", "AG3403 Login:Brand:LogoFile is the gateway's alone.")]
    [InlineData("""{ "Consents": { "Documents": { "terms": { "Texts": { "en": { "Label": "x", "File": "/etc/passwd" } } } } } }""", "AG3403 Consents:Documents:terms:Texts:en:File is the gateway's alone.")]
    [InlineData("""{ "Consents": { "Documents": { "terms": { "Texts": { "tlh": { "Label": "x" } } } } } }""", "Consents:Documents:terms:Texts:tlh is in a language for which there are no texts.")]
    [InlineData("""{ "Consents": { "Documents": { "terms": { "Texts": { "de": { "Label": "x" } } } } } }""", "Consents:Documents:terms:Texts has no 'en'")]
    [InlineData("""{ "Login": { "Brand": { "Languages": ["de"] } }, "Consents": { "Documents": { "terms": { "Texts": { "en": { "Label": "x" } } } } } }""", "Consents:Documents:terms:Texts has no 'de'")]
    [InlineData("""{ "Accounts": { "Profile": { "Attributes": { "consents": { "Type": "Number" } } } } }""", "Accounts:Profile:Attributes:consents cannot be an attribute's name.")]
    [InlineData("""{ "Accounts": { "History": { "Retention": "1000.00:00:00" } } }""", "Accounts:History:Retention is 1000.00:00:00.")]
    [InlineData("""{ "Accounts": { "Notices": { "UndoPeriod": "2.00:00:00" } } }""", "AG3402 'Accounts:Notices:UndoPeriod' is not a setting.")]
    [InlineData("""{ "Login": { "Brand": "Acme" } }""", "AG3403 Login:Brand is the gateway's alone.")]
    [InlineData("""{ "Sessions": { "SnapshotLifetime": "00:00:01" } }""", "AG3403 Sessions:SnapshotLifetime is the gateway's alone.")]
    [InlineData("""{ "SignUp": { "Enabled": "perhaps" } }""", "AG3404 SignUp:Enabled is 'perhaps'. Give true or false,")]
    [InlineData("""{ "SignUp": { "Enabled": null } }""", "AG3404 SignUp:Enabled is null. Give true or false,")]
    [InlineData("""{ "SignUp": { "Enabled": { "x": 1 } } }""", "AG3404 SignUp:Enabled:x is '1'. Give a single value,")]
    [InlineData("""{ "Sessions": { "IdleTimeout": "soon" } }""", "AG3404 Sessions:IdleTimeout is 'soon'. Give a duration")]
    [InlineData("""{ "Login": { "Methods": "password" } }""", "AG3404 Login:Methods is 'password'. Give a list or an object,")]
    [InlineData("""{ "Login": { "Methods": ["telepathy"] } }""", "Login:Methods has 'telepathy'. Choose from email-code, passkey, password")]
    [InlineData("""{ "Mfa": { "Policy": "Perhaps" } }""", "AG3404 Mfa:Policy is 'Perhaps'. Give one of Off, Offered, Required,")]
    [InlineData("""{ "Mfa": { "Roles": { "admin": { "Grace": "x" } } } }""", "AG3404 Mfa:Roles:admin:Grace is 'x'. Give a duration")]
    [InlineData("""{ "Mfa": { "Roles": { "admin": { "Grade": "x" } } } }""", "AG3404 Mfa:Roles:admin:Grade is 'x'. Give a single value")]
    [InlineData("""{ "Mfa": { "Roles": { "admin": { "Grace": "1.00:00:00" } } } }""", "Mfa:Roles:admin has RequiredFrom or Grace but Policy Offered.")]
    [InlineData("""{ "Login": { "Brand": { "AccentColor": "red" } } }""", "Login:Brand:AccentColor is 'red'. Give a colour as #rrggbb.")]
    [InlineData("""{ "Login": { "Brand": { "Variables": { "ground": "url(https://evil.example)" } } } }""", "Login:Brand:Variables:ground is 'url(https://evil.example)'. Give a colour")]
    [InlineData("""{ "Login": { "Brand": { "Variables": { "font": "x; } body { display: none" } } } }""", "Login:Brand:Variables:font is ")]
    [InlineData("""{ "Login": { "Brand": { "Variables": { "position": "fixed" } } } }""", "Login:Brand:Variables:position is not a variable.")]
    [InlineData("""{ "Login": { "Brand": { "Logo": "data:text/html;base64,PHNjcmlwdD4=" } } }""", "Login:Brand:Logo is no image.")]
    [InlineData("""{ "Login": { "Brand": { "Logo": "data:image/png;base64,PHNjcmlwdD4=" } } }""", "Login:Brand:Logo is no image.")]
    [InlineData("""{ "Login": { "Brand": { "Texts": { "fr": { "Login.Title": "Bonjour" } } } } }""", "Login:Brand:Texts:fr is a language without texts.")]
    [InlineData("""{ "Login": { "Brand": { "Texts": { "en": { "No.Such": "x" } } } } }""", "Login:Brand:Texts:en:No.Such is not a text.")]
    [InlineData("""{ "Login": { "Brand": { "Texts": { "en": { "Password.Hint": "Long, please" } } } } }""", "Login:Brand:Texts:en:Password.Hint is 'Long, please'. Use the placeholders of ")]
    [InlineData("""{ "Sessions": { "IdleTimeout": "23:00:00", "AbsoluteLifetime": "01:00:00" } }""", "AG3302 Sessions:IdleTimeout is 23:00:00:")]
    public async Task RefusesAndWritesNothing_WhenASettingIsWrong(string json, string mistake)
    {
        await SetAsync("""{ "Login": { "Brand": { "ProductName": "Before" } } }""");

        var refused = (await host.SetSettingsAsync(json)).ShouldBeOfType<TenantChange.Refused>();

        refused.Mistakes.ShouldContain(said => said.StartsWith(mistake, StringComparison.Ordinal), string.Join('\n', refused.Mistakes));
        await using var scope = await host.ScopeAsync();
        Options<BrandOptions>(scope).ProductName.ShouldBe("Before");
    }

    [Fact]
    public async Task SaysEveryMistake_WhenThereAreSeveral()
    {
        var refused = (await host.SetSettingsAsync("""{ "SignUp": { "Enabled": 3 }, "Nothing": 1, "Sessions": { "MaximumPerUser": "x" } }""")).ShouldBeOfType<TenantChange.Refused>();

        refused.Mistakes.Count.ShouldBe(3);
    }

    [Fact]
    public async Task SaysSo_WhenThereIsNoSuchTenant() =>
        (await host.Services.GetRequiredService<TenantChanges>().SetSettingsAsync(TenantId.Parse("nobody"), "{}", Cancel)).ShouldBeOfType<TenantChange.Unknown>();

    [Fact]
    public async Task PagesLookAndSpeakLikeTheTenant_WhenItHasABrand()
    {
        using var before = host.NewBrowser();
        var plain = await before.GetAsync("/.authdog/login");

        await SetAsync($$"""
            { "Login": { "Brand": {
                "ProductName": "Acme & Sons", "AccentColor": "#abcdef", "Logo": "data:image/png;base64,{{Pixel}}",
                "Variables": { "ground": "#fefefe", "ground-dark": "#010101", "font": "Georgia, serif" },
                "Texts": { "en": { "Login.Title": "Welcome <home>" } } } } }
            """);
        using var browser = host.NewBrowser();
        var page = await browser.GetAsync("/.authdog/login");

        page.Html.ShouldContain("Acme &amp; Sons");
        page.Html.ShouldContain("Welcome &lt;home&gt;");
        var style = System.Text.RegularExpressions.Regex.Match(page.Html, "/\\.authdog/assets/brand\\.css\\?v=[0-9a-f]+").Value;
        plain.Html.ShouldNotContain(style);
        using var http = new HttpClient { BaseAddress = host.Address };
        var css = await http.GetStringAsync(style, Cancel);
        css.ShouldContain("--accent: #abcdef");
        css.ShouldContain("--ground: #fefefe; ");
        css.ShouldContain("--font: Georgia, serif;");
        css.IndexOf("--ground: #010101", StringComparison.Ordinal).ShouldBeGreaterThan(css.IndexOf("prefers-color-scheme: dark", StringComparison.Ordinal));
        using var logo = await http.GetAsync(style.Replace("brand.css", "logo", StringComparison.Ordinal), Cancel);
        logo.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        (await logo.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(Convert.FromBase64String(Pixel));
        logo.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(365));
    }

    [Fact]
    public async Task SignUpIsGone_WhenTheTenantSwitchesItOff()
    {
        await SetAsync("""{ "SignUp": { "Enabled": false } }""");
        using var browser = host.NewBrowser();

        (await browser.GetAsync("/.authdog/sign-up")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync("/.authdog/login")).Text.ShouldNotContain("/.authdog/sign-up");
    }

    [Fact]
    public async Task AccountFollowsTheTenant_WhenItHasASchemaDocumentsAndRulesOfItsOwn()
    {
        using var browser = host.NewBrowser();
        var person = await host.SignUpAsync(browser);
        await person.SignInAsync(browser);
        (await browser.GetAsync("/.authdog/account/profile")).Html.ShouldContain("<option value=\"Free\"");
        (await browser.GetAsync("/.authdog/account/data")).Html.ShouldContain("/data/delete");
        (await browser.GetAsync("/.authdog/account")).Html.ShouldNotContain("/account/consents");

        await SetAsync("""
            {
              "Accounts": {
                "Profile": { "Pictures": false, "Attributes": { "plan": { "Choices": ["Gold"], "Claim": true }, "seats": { "Type": "Number", "Labels": { "en": "Seats" } } } },
                "Deletion": { "Enabled": false },
                "History": { "NotifyOfNewDevices": false }
              },
              "Passkeys": { "Enabled": false },
              "Consents": { "Documents": { "news": { "Texts": { "en": { "Label": "Send me news", "Text": "# News\n\nOnce a month." }, "de": { "Label": "Neuigkeiten" } } } } }
            }
            """);

        var profile = await browser.GetAsync("/.authdog/account/profile");
        profile.Html.ShouldContain("<option value=\"Gold\"");
        profile.Html.ShouldNotContain("<option value=\"Free\"");
        profile.Text.ShouldContain("Seats");
        profile.Html.ShouldNotContain("type=\"file\"");
        await browser.SubmitAsync(profile, "/.authdog/account/profile", ("name", "Ada"), ("attribute-plan", "Gold"), ("attribute-seats", "3"));
        (await host.SessionAsync(browser)).Claims["plan"].GetString().ShouldBe("Gold");
        (await browser.GetAsync("/.authdog/account/data")).Html.ShouldNotContain("/data/delete");
        (await browser.GetAsync("/.authdog/account/data/delete")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync("/.authdog/account/security")).Html.ShouldNotContain("/account/passkeys");
        (await browser.GetAsync("/.authdog/account/consents")).Text.ShouldContain("Send me news");
        (await browser.GetAsync("/.authdog/consents/text/news")).Text.ShouldContain("Once a month.");

        using var elsewhere = host.NewBrowser();
        await person.SignInAsync(elsewhere);
        host.Mail.To(person.Email).Count.ShouldBe(1, "the mail of sign-up alone");
    }

    [Fact]
    public async Task DocumentNeedsTheTenantsLanguagesAlone_WhenItOffersOthersThanTheGateway()
    {
        using var browser = host.NewBrowser();
        var person = await host.SignUpAsync(browser);
        await SetAsync("""
            {
              "Login": { "Brand": { "Languages": ["de"] } },
              "Consents": { "Documents": { "terms": { "Required": true, "Texts": { "de": { "Label": "Ich nehme die Bedingungen an" } } } } }
            }
            """);

        var asked = await browser.FollowAsync(await person.SignInAsync(browser));
        asked.Text.ShouldContain("Ich nehme die Bedingungen an");
        var box = System.Text.RegularExpressions.Regex.Match(asked.Html, "name=\"consent-terms\"[^>]*value=\"([0-9a-f]{64})\"").Groups[1].Value;
        (await browser.GetAsync((await browser.SubmitAsync(asked, ("consent-terms", box))).Location!)).Location.ShouldBe("/");
    }

    [Fact]
    public void NobodyIsStuck_WhenADocumentHasNoTextInALanguageAnyMore()
    {
        ConsentOptions options = new();
        options.Documents["terms"] = new ConsentDocument { Required = true };
        options.Documents["terms"].Texts["en"] = new ConsentText { Label = "I accept the terms" };

        Wordings.Of(options).In("de").ShouldHaveSingleItem().Label.ShouldBe("I accept the terms");
    }

    [Fact]
    public async Task EndsIdleSessionsSooner_WhenTheTenantShortensTheirLife()
    {
        var sessions = host.Services.GetRequiredService<SessionStore>();
        var user = UserId.New(host.Time.GetUtcNow());
        var (token, session) = await sessions.IssueAsync(
            new NewSession(TenantId.Default, user, new SessionProfile("ada@example.com", true, "Ada", []), [AuthenticationFactor.Password(host.Time.GetUtcNow())], null, null), null, Cancel);
        host.Time.Advance(TimeSpan.FromMinutes(4));
        (await sessions.FindAsync(token.Value, Cancel)).ShouldBeOfType<SessionLookup.Found>();

        await SetAsync("""{ "Sessions": { "IdleTimeout": "00:02:00", "AbsoluteLifetime": "02:00:00" } }""");

        (await sessions.FindAsync(token.Value, Cancel)).ShouldBeOfType<SessionLookup.Absent>();
        (await sessions.ListAsync(TenantId.Default, user, Cancel)).ShouldBeEmpty();
        session.AbsoluteExpiresAt.ShouldBe(session.CreatedAt + TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task TellsEveryNode_WhenATenantChanges()
    {
        var other = ActivatorUtilities.CreateInstance<TenantCache>(host.Services);
        var listening = ActivatorUtilities.CreateInstance<TenantStartup>(host.Services, other);
        await listening.StartAsync(Cancel);
        (await other.FindAsync(TenantId.Default, Cancel))!.Settings.Json.ShouldBe("{}");

        await SetAsync("""{ "SignUp": { "Enabled": false } }""");

        await Redis.Eventually.TrueAsync(async () => (await other.FindAsync(TenantId.Default, Cancel))!.Settings.Json != "{}", TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task ReadsAgainAfterHalfAMinute_WhenTheMessageWasLost()
    {
        var deaf = ActivatorUtilities.CreateInstance<TenantCache>(host.Services);
        await deaf.FindAsync(TenantId.Default, Cancel);
        await SetAsync("""{ "SignUp": { "Enabled": false } }""");
        (await deaf.FindAsync(TenantId.Default, Cancel))!.Settings.Json.ShouldBe("{}");

        host.Time.Advance(TimeSpan.FromSeconds(31));

        (await deaf.FindAsync(TenantId.Default, Cancel))!.Settings.Json.ShouldNotBe("{}");
    }

    private async Task SetAsync(string json) =>
        (await host.SetSettingsAsync(json)).ShouldBeOfType<TenantChange.Done>().Tenant.Settings.ShouldBe(JsonDocument.Parse(json).RootElement.GetRawText());

    private static TOptions Options<TOptions>(AsyncServiceScope scope)
        where TOptions : class, new() => scope.ServiceProvider.GetRequiredService<TenantOptions<TOptions>>().Value;

    public sealed class Host : IAsyncLifetime
    {
        private readonly PagesHost _pages = new PagesHost().With("Login:Brand:AccentColor", "#123456").With("Login:Brand:Languages:0", "en").With("Accounts:Profile:Attributes:plan:Choices:0", "Free");

        public IServiceProvider Services => _pages.Services;

        public Microsoft.Extensions.Time.Testing.FakeTimeProvider Time => _pages.Time;

        public Uri Address => _pages.Address;

        public Mailbox Mail => _pages.Mail;

        public Browser NewBrowser() => _pages.NewBrowser();

        public Task<Person> SignUpAsync(Browser browser) => Person.New().SignUpAsync(_pages, browser);

        public Task<Session> SessionAsync(Browser browser) => _pages.SessionAsync(browser);

        public Task<TenantChange> SetSettingsAsync(string json) => _pages.SetSettingsAsync(json);

        public Task<AsyncServiceScope> ScopeAsync() => _pages.ScopeAsync();

        public ValueTask InitializeAsync() => _pages.InitializeAsync();

        public ValueTask DisposeAsync() => _pages.DisposeAsync();
    }
}
