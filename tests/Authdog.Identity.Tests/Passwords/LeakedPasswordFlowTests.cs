using System.Net;
using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords.Breaches;
using Authdog.Identity.Tests.Pages;
using Authdog.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Passwords;

/// <summary>A password that was leaked elsewhere: refused where it would be set, replaced where it is used.</summary>
public sealed class LeakedPasswordFlowTests : IAsyncLifetime
{
    private const string Leaked = "winterlich verschneite Tannen";
    private const string Fresh = "dreizehn schwarze Kater am Kai";
    private readonly PagesHost _host = new() { Listen = $"http://127.0.0.1:{FreePort.Next()}" };

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task IsReplacedBeforeAnythingElse_WhenItTurnsOutToBeLeaked()
    {
        using var browser = _host.NewBrowser();
        var person = await (Person.New() with { Password = Leaked }).SignUpAsync(_host, browser);
        using var elsewhere = _host.NewBrowser();
        (await person.SignInAsync(elsewhere)).Location.ShouldBe("/");

        await LearnAsync();

        // Nobody can set it any more.
        using var stranger = _host.NewBrowser();
        (await (Person.New() with { Password = Leaked }).BeginSignUpAsync(stranger)).Text.ShouldContain("was in a data leak");

        // A wrong password tells nothing; the right one leads to a new one, and nowhere else.
        (await person.SignInAsync(browser, "/members", "wrong wrong wrong wrong")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await browser.FollowAsync(await person.SignInAsync(browser, "/members"));
        page.Title.ShouldBe("Set a new password");
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.SubmitAsync(page, ("password", Leaked))).Text.ShouldContain("was in a data leak");
        (await browser.SubmitAsync(page, ("password", "short"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using (var other = _host.NewBrowser())
        {
            // Another browser with the address of the page gets to the beginning of a login.
            (await other.FollowAsync(await other.GetAsync(page.Form(null).Action + "?flow=" + page.Form(null).Hidden["flow"]))).Title.ShouldNotBe("Set a new password");
        }


        // Sent twice: the second finds it done.
        await browser.SubmitAsync(page, ("password", Fresh));
        var done = await browser.SubmitAsync(page, ("password", Fresh));
        while (done.Location is { } next && next != "/members")
        {
            done = await browser.GetAsync(next);
        }

        done.Location.ShouldBe("/members");
        (await browser.GetAsync((await browser.SubmitAsync(page, ("password", Fresh))).Location!)).Location.ShouldBe("/members");
        (await browser.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
        (await elsewhere.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await person.SignInAsync(elsewhere)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await (person with { Password = Fresh }).SignInAsync(elsewhere)).Location.ShouldBe("/");
        _host.Mail.To(person.Email).ShouldContain(mail => mail.TextBody!.Contains("data leak", StringComparison.Ordinal));
        var events = await _host.Services.GetRequiredService<AuditReader>().ListAsync(TenantId.Default, new AuditQuery { Kinds = [AuditEventKind.PasswordLeaked, AuditEventKind.PasswordChanged] }, CancellationToken.None);
        events.Select(entry => entry.Kind).ShouldBe([AuditEventKind.PasswordLeaked, AuditEventKind.PasswordChanged]);
        events[0].Address.ShouldBe("127.0.0.1");
    }

    private async Task LearnAsync()
    {
        var filter = Path.Combine(_host.Folder, "leaked.filter");
        using (var builder = new BreachFilterBuilder(filter, 20))
        {
            builder.AddPassword(Leaked);
            builder.Finish();
        }

        await _host.RestartAsync(new Dictionary<string, string> { ["Passwords:Breaches:FilterFile"] = filter });
    }
}
