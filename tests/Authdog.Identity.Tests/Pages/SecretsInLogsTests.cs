using Authdog.Identity.Pages;

namespace Authdog.Identity.Tests.Pages;

/// <summary>Plays every ceremony with everything logged, and looks for its secrets.</summary>
public sealed class SecretsInLogsTests
{
    [Fact]
    [Trait("Threat", "B16")]
    public async Task HasNone_WhenEveryCeremonyWasPlayed()
    {
        await using var host = new PagesHost();
        await host.InitializeAsync();
        using var browser = host.NewBrowser();
        var person = Person.New();
        List<string> secrets = [person.Email, person.Email.ToUpperInvariant(), person.Password];

        await person.BeginSignUpAsync(browser);
        var mail = await host.Mail.ReceiveAsync(person.Email);
        secrets.Add(Mailbox.Code(mail));
        secrets.Add(Token(Mailbox.Link(mail)));
        await browser.SubmitAsync(await browser.GetAsync(Mailbox.Link(mail)));
        await person.SignInAsync(browser, password: "wrong password of somebody");
        secrets.Add("wrong password of somebody");
        await person.SignInAsync(browser);
        secrets.Add(browser.Cookie("authdog")!);
        secrets.Add(browser.Cookie("authdog-login")!);
        secrets.Add(browser.Cookie("authdog-antiforgery")!);
        secrets.Add(browser.Cookie("authdog-browser")!);
        await browser.SubmitAsync(await browser.GetAsync("/.authdog/account/password"), "/.authdog/account/password", ("password", person.Password), ("new-password", "quite another long phrase"));
        secrets.Add("quite another long phrase");
        secrets.Add(browser.Cookie("authdog")!);
        await browser.SubmitAsync(await browser.GetAsync(PagePaths.Recover), ("email", person.Email));
        var link = Mailbox.Link(await host.Mail.ReceiveAsync(person.Email, count: 3));
        secrets.Add(Token(link));
        await browser.SubmitAsync(await browser.GetAsync(link), ("password", "a third and longer phrase"));
        secrets.Add("a third and longer phrase");
        await (person with { Password = "a third and longer phrase" }).SignInAsync(browser);
        secrets.Add(browser.Cookie("authdog")!);
        await browser.SubmitAsync(await browser.GetAsync(PagePaths.Logout));

        // The framework's own diagnostics print addresses and parameters at levels that the gateway's configuration never turns on.
        var lines = host.Logs.Lines.Where(line => !line.Contains(" Microsoft.", StringComparison.Ordinal) || line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal)).ToList();
        lines.ShouldContain(line => line.Contains("signed in", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            secret.Length.ShouldBeGreaterThan(5);
            lines.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal));
        }

        host.Logs.MapperWarnings.ShouldBeEmpty();
    }

    private static string Token(string link) => link[(link.IndexOf("token=", StringComparison.Ordinal) + 6)..].Split('&')[0];
}
