using System.Net;
using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login.Risk;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Passwords;

/// <summary>A password that was leaked elsewhere: refused where it would be set, replaced where it is used, by whom the tenant lets replace it.</summary>
public sealed class LeakedPasswordFlowTests(LeakedPasswordsHost leaked) : IClassFixture<LeakedPasswordsHost>, IAsyncLifetime
{
    private const string NewPassword = "/.authdog/login/new-password";
    private const string Fresh = "dreizehn schwarze Kater am Kai";
    private readonly PagesHost _host = leaked.Pages;

    public async ValueTask InitializeAsync() => await _host.SetSettingsAsync("{}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task IsReplacedBeforeAnythingElse_WhenItTurnsOutToBeLeaked()
    {
        using var browser = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, browser);
        using var elsewhere = _host.NewBrowser();
        (await person.SignInAsync(elsewhere)).Location.ShouldBe("/");
        person = await leaked.LeakAsync(person);
        (await elsewhere.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);

        // Nobody can set it any more.
        using var stranger = _host.NewBrowser();
        (await (Person.New() with { Password = LeakedPasswordsHost.Leaked }).BeginSignUpAsync(stranger)).Text.ShouldContain("was in a data leak");

        // A wrong password tells nothing; the right one leads to a new one, and nowhere else.
        (await person.SignInAsync(browser, "/members", "wrong wrong wrong wrong")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await browser.FollowAsync(await person.SignInAsync(browser, "/members"));
        page.Title.ShouldBe("Set a new password");
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.SubmitAsync(page, ("password", LeakedPasswordsHost.Leaked))).Text.ShouldContain("was in a data leak");
        (await browser.SubmitAsync(page, ("password", "short"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using (var other = _host.NewBrowser())
        {
            // Another browser with the address of the page gets to the beginning of a login.
            (await other.FollowAsync(await other.GetAsync(page.Form(null).Action + "?flow=" + page.Form(null).Hidden["flow"]))).Title.ShouldNotBe("Set a new password");
        }

        // Sent twice: the second finds it done.
        await browser.SubmitAsync(page, ("password", Fresh));
        (await FollowAsync(browser, await browser.SubmitAsync(page, ("password", Fresh)), "/members")).Location.ShouldBe("/members");
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
        (await elsewhere.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await person.SignInAsync(elsewhere)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await (person with { Password = Fresh }).SignInAsync(elsewhere)).Location.ShouldBe("/");
        _host.Mail.To(person.Email).ShouldContain(mail => mail.TextBody!.Contains("data leak", StringComparison.Ordinal));
        var events = await EventsAsync(browser, AuditEventKind.PasswordLeaked, AuditEventKind.PasswordChanged);
        events.Select(entry => entry.Kind).TakeLast(2).ShouldBe([AuditEventKind.PasswordLeaked, AuditEventKind.PasswordChanged]);
        events[^2].Address.ShouldBe("127.0.0.1");
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task WhoeverHasItFromTheLeak_ChoosesNoNewOne_WhereTheTenantAsksForMore()
    {
        await TreatAsync("StepUp");
        using var browser = _host.NewBrowser();
        var person = await leaked.LeakAsync(await Person.New().SignUpAsync(_host, browser));

        var page = await browser.FollowAsync(await person.SignInAsync(browser, "/members"));

        page.Title.ShouldBe("Confirm that it is you");
        (await browser.PostAsync(NewPassword, page.Form(null).Hidden.Append(new("password", Fresh)))).Location!.ShouldStartWith(RiskEndpoints.ConfirmPath);
        page = await browser.FollowAsync(await browser.SubmitAsync(page, ("send", "1")));
        await _host.Mail.ReceiveAsync(person.Email, 3);
        var code = _host.Mail.To(person.Email).Skip(1).Select(Mailbox.Code).Single(code => code.Length > 0);
        page = await browser.FollowAsync(await browser.SubmitAsync(page, ("code", code)));
        page.Title.ShouldBe("Set a new password");
        (await FollowAsync(browser, await browser.SubmitAsync(page, ("password", Fresh)), "/members")).Location.ShouldBe("/members");

        // The session that began with it has the risk, though the password is another by now; the next one has not.
        (await _host.SessionAsync(browser)).Risk.ShouldBe(SignInRisk.Medium);
        (await EventsAsync(browser, AuditEventKind.SignInRisky)).ShouldHaveSingleItem().Detail.ShouldBe("LeakedPassword: Medium, StepUp");
        browser.Forget("authdog");
        (await (person with { Password = Fresh }).SignInAsync(browser)).Location.ShouldBe("/");
        (await _host.SessionAsync(browser)).Risk.ShouldBe(SignInRisk.None);
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task LetsNobodyIn_WhereTheTenantRefuses()
    {
        await TreatAsync("Refuse");
        using var browser = _host.NewBrowser();
        var person = await leaked.LeakAsync(await Person.New().SignUpAsync(_host, browser));
        using var thief = _host.NewBrowser();
        var begun = await thief.FollowAsync(await thief.SubmitAsync(await thief.GetAsync("/.authdog/login"), ("email", person.Email)));
        var hidden = begun.Form(null).Hidden;

        var page = await thief.FollowAsync(await thief.SubmitAsync(begun, ("password", person.Password)));

        (page.Status, page.Title).ShouldBe((HttpStatusCode.Forbidden, "We cannot let you in this way"));
        (await thief.PostAsync(NewPassword, hidden.Append(new("password", Fresh)))).Location!.ShouldStartWith(RiskEndpoints.RefusedPath);
        (await thief.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);

        // Nothing was changed: the owner is let in with it once the tenant lets them.
        await TreatAsync("None");
        (await browser.FollowAsync(await person.SignInAsync(browser))).Title.ShouldBe("Set a new password");
    }

    private static async Task<ReceivedPage> FollowAsync(Browser browser, ReceivedPage page, string until)
    {
        while (page.Location is { } next && next != until)
        {
            page = await browser.GetAsync(next);
        }

        return page;
    }

    private async Task TreatAsync(string treatment) =>
        (await _host.SetSettingsAsync($$"""{ "Login:Risk:LeakedPassword": "{{treatment}}" }""")).ShouldBeOfType<TenantChange.Done>();

    private async Task<IReadOnlyList<AuditEntry>> EventsAsync(Browser browser, params AuditEventKind[] kinds) =>
        await _host.Services.GetRequiredService<AuditReader>().ListAsync(TenantId.Default, new AuditQuery { Kinds = kinds, User = (await _host.SessionAsync(browser)).User }, CancellationToken.None);
}
