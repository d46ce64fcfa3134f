using Authdog.Identity.Admission;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Invitations;
using Authdog.Identity.Sso;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Authdog.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Authdog.Identity.Tests.Pages;

/// <summary>Walks through every page as a person does, in a real browser, and has each judged. A class for each language, so that they run side by side.</summary>
public abstract class AccessibilityTests(string language) : IAsyncLifetime
{
    private readonly PagesHost _host = new PagesHost()
        .With("Accounts:Organizations:Offered", "true")
        .With("Social:Providers:acme:Name", "Rindfleischetikettierungsverband")
        .With("Social:Providers:acme:Issuer", "https://issuer.test")
        .With("Social:Providers:acme:ClientId", "client")
        .With("Social:Providers:acme:ClientSecret", "secret")
        .With("Accounts:Invitations:JoinRequests", "true")
        .With("Accounts:Profile:Attributes:department:Choices:0", "Rindfleischetikettierungsüberwachungsaufgabenübertragung")
        .With("Accounts:Profile:Attributes:department:Labels:de", "Abteilung")
        .With("Accounts:Profile:Attributes:teams:Type", "List")
        .With("Accounts:Profile:Attributes:teams:Labels:en", "Teams")
        .With("Accounts:Profile:Attributes:remote:Type", "Boolean")
        .With("Accounts:Profile:Attributes:remote:Labels:en", "Works remotely")
        .With("Accounts:Profile:Attributes:level:Editable", "false")
        .With("Consents:Documents:terms:Required", "true")
        .With("Consents:Documents:terms:Texts:en:Label", "I accept the terms of use")
        .With("Consents:Documents:terms:Texts:en:File", Path.Combine(AppContext.BaseDirectory, "Pages", "axe", "package.json"))
        .With("Consents:Documents:terms:Texts:de:Label", "Ich akzeptiere die Nutzungsbedingungen")
        .With("Consents:Documents:terms:Texts:de:File", Path.Combine(AppContext.BaseDirectory, "Pages", "axe", "package.json"))
        .With("Consents:Documents:news:Texts:en:Label", "Send me news")
        .With("Consents:Documents:news:Texts:de:Label", "Schicken Sie mir Neuigkeiten");

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
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task EveryPageKeepsToWcag()
    {
        var page = await _chromium.OpenAsync(locale: language);
        var person = Person.New() with { Email = $"maximiliane.schmidt-hohenzollern.{Guid.NewGuid().ToString("N")[..12]}@example.com" };

        // Become a user.
        await SeeAsync(page, "login", "/.authdog/login?return=%2Fmembers");
        var ticket = new Ticket(_host.Time.GetUtcNow().ToUnixTimeMilliseconds() + 1_234_567, "/.authdog/login");
        await SeeAsync(page, "waiting line", "/.authdog/wait?ticket=" + _host.Services.GetRequiredService<Tickets>().Seal(ticket));
        await SeeAsync(page, "sign-up", "/.authdog/sign-up");
        await SubmitAsync(page, ("email", "nobody"), ("password", "short"));
        await _look.LookAsync(page, $"{language} sign-up errors");
        await page.Locator("#consent-terms").CheckAsync();
        await SubmitAsync(page, ("email", person.Email), ("name", "Maximiliane Friederike von Hohenzollern-Sigmaringen zu Rindfleischhausen"), ("password", person.Password));
        await _look.LookAsync(page, $"{language} verify code");
        await SubmitAsync(page, ("code", "000000"));
        await _look.LookAsync(page, $"{language} verify code error");
        await SeeAsync(page, "verify link", Local(Mailbox.Link(await _host.Mail.ReceiveAsync(person.Email))));
        await SubmitAsync(page);
        await _look.LookAsync(page, $"{language} verified");

        // Sign in.
        await page.GotoAsync(At("/.authdog/login?return=%2F.authdog%2Faccount"));
        await SubmitAsync(page, ("email", person.Email));
        await _look.LookAsync(page, $"{language} password");
        await SubmitAsync(page, ("password", "not the password at all"));
        await _look.LookAsync(page, $"{language} password error");
        await SubmitAsync(page, ("password", person.Password));

        // The account.
        foreach (var (name, path) in new[]
        {
            ("account", ""), ("profile", "/profile"), ("email", "/email"), ("security", "/security"), ("account password", "/password"), ("passkeys", "/passkeys"),
            ("devices", "/devices"), ("history", "/history"), ("consents", "/consents"), ("organizations", "/organizations"), ("data", "/data"), ("export", "/data/export"), ("delete", "/data/delete"),
        })
        {
            await SeeAsync(page, name, "/.authdog/account" + path);
        }

        await SubmitAsync(page);
        await _look.LookAsync(page, $"{language} delete error");
        await SeeAsync(page, "connect account", "/.authdog/account/identities/connect?provider=social%3Aacme");
        await ConnectAsync(person.Email);
        await SeeAsync(page, "connected accounts", "/.authdog/account/identities");
        await page.Locator("a[href$='/remove']").ClickAsync();
        await _look.LookAsync(page, $"{language} disconnect account");
        await page.GotoAsync(At("/.authdog/account/password"));
        await SubmitAsync(page, ("password", "wrong"), ("new-password", "short"));
        await _look.LookAsync(page, $"{language} account password error");
        await page.GotoAsync(At("/.authdog/account/profile"));
        await SubmitAsync(page, ("name", "Ada"));
        await _look.LookAsync(page, $"{language} profile saved");
        await page.GotoAsync(At("/.authdog/account/email"));
        var moved = Person.New().Email;
        await SubmitAsync(page, ("email", moved));
        await _look.LookAsync(page, $"{language} email code");
        await SeeAsync(page, "email link", Local(Mailbox.Link(await _host.Mail.ReceiveAsync(moved))));
        await SubmitAsync(page);
        await SeeAsync(page, "not me", Local(Mailbox.Link(await _host.Mail.ReceiveAsync(person.Email, count: 2))));
        await SeeAsync(page, "consent text", "/.authdog/consents/text/terms");

        // Join.
        var invited = await InviteAsync();
        await SeeAsync(page, "invitation to another", invited);
        await page.Context.ClearCookiesAsync();
        await SeeAsync(page, "invitation", invited);
        await SubmitAsync(page, ("password", "short"));
        await _look.LookAsync(page, $"{language} invitation error");
        await SubmitAsync(page, ("name", "Ada"), ("password", person.Password));
        await _look.LookAsync(page, $"{language} invitation accepted");
        await SeeAsync(page, "invitation over", invited);
        await SeeAsync(page, "join", "/.authdog/join");
        await SubmitAsync(page, ("email", moved));
        await _look.LookAsync(page, $"{language} join sent");
        await SeeAsync(page, "find organizations", "/.authdog/organizations");
        await SubmitAsync(page, ("email", moved));
        await _look.LookAsync(page, $"{language} find organizations sent");
        await SeeAsync(page, "organizations link", Local(Mailbox.Link(await _host.Mail.ReceiveAsync(moved, count: 2))));
        await SubmitAsync(page);
        await _look.LookAsync(page, $"{language} organizations");
        await AddElsewhereAsync(moved);
        await page.GotoAsync(At("/.authdog/login?return=%2F.authdog%2Faccount"));
        await SubmitAsync(page, ("email", moved));
        await SubmitAsync(page, ("password", person.Password));
        await _look.LookAsync(page, $"{language} choose organization");

        // Leave, and get back in.
        await SeeAsync(page, "logout", "/.authdog/logout");
        await SubmitAsync(page);
        await _look.LookAsync(page, $"{language} logged out");
        await SeeAsync(page, "recover", "/.authdog/recover");
        await SubmitAsync(page, ("email", moved));
        await _look.LookAsync(page, $"{language} recover sent");
        await SeeAsync(page, "recover link", Local(Mailbox.Link(await _host.Mail.ReceiveAsync(moved, count: 4))));
        await SeeAsync(page, "link over", "/.authdog/not-me?token=x");
        await SeeAsync(page, "error", "/fail/Forbidden");

        _look.Problems.ShouldBeEmpty();
    }

    /// <summary>The link of an invitation to a tenant with a long name.</summary>
    private async Task<string> InviteAsync()
    {
        await _host.Services.GetRequiredService<TenantChanges>().SetNameAsync(TenantId.Default, "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesellschaft mbH & Co. KG", CancellationToken.None);
        await using var scope = await _host.ScopeAsync();
        var address = $"invited.{Guid.NewGuid():N}@example.com";
        EmailAddress.TryParse(address, out var email).ShouldBeTrue();
        (await scope.ServiceProvider.GetRequiredService<InvitationDirectory>().SendAsync(new InvitationRequest(email), CancellationToken.None)).ShouldBeOfType<InvitationResult.Sent>();
        return Local(Mailbox.Link(await _host.Mail.ReceiveAsync(address)));
    }

    private async Task ConnectAsync(string address)
    {
        await using var scope = await _host.ScopeAsync();
        EmailAddress.TryParse(address, out var email).ShouldBeTrue();
        var user = (await scope.ServiceProvider.GetRequiredService<UserDirectory>().FindByEmailAsync(email, CancellationToken.None))!;
        await scope.ServiceProvider.GetRequiredService<ExternalIdentities>().LinkAsync(
            user, new ExternalIdentity("social:acme", "https://issuer.test", "person", "Acme", "maximiliane.friederike.von.hohenzollern-sigmaringen@elsewhere.example.com"), CancellationToken.None);
    }

    private async Task AddElsewhereAsync(string address)
    {
        var elsewhere = TenantId.Parse($"t{Guid.NewGuid():N}"[..20]);
        await _host.Services.GetRequiredService<TenantDirectory>().AddAsync(elsewhere, "Another organization", CancellationToken.None);
        await using var scope = _host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Id = elsewhere;
        EmailAddress.TryParse(address, out var email).ShouldBeTrue();
        (await scope.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(email, emailVerified: true, null, null, CancellationToken.None)).ShouldNotBeNull();
    }

    private string At(string path) => new Uri(_host.Address, path).AbsoluteUri;

    private static string Local(string link) => link[PagesHost.PublicUrl.Length..];

    private async Task SeeAsync(IPage page, string name, string path)
    {
        await page.GotoAsync(At(path));
        await _look.LookAsync(page, $"{language} {name}");
    }

    private static async Task SubmitAsync(IPage page, params (string Field, string Value)[] fields)
    {
        foreach (var (field, value) in fields)
        {
            await page.Locator($"main [name=\"{field}\"]").First.FillAsync(value);
        }

        // The browser's own checks would keep what is wrong from being sent at all.
        await page.EvaluateAsync("document.querySelectorAll('form').forEach(form => form.noValidate = true)");
        var form = fields.Length > 0 ? page.Locator($"main form:has([name=\"{fields[0].Field}\"])") : page.Locator("main form");
        await page.ClickThroughAsync(form.First.Locator("button[type=submit]").First);
    }

    public sealed class InEnglish() : AccessibilityTests("en");

    public sealed class InGerman() : AccessibilityTests("de");
}
