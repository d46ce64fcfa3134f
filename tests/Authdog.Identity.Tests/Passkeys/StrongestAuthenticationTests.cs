using System.Net;
using System.Text.RegularExpressions;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Mfa;
using Authdog.Identity.Pages;
using Authdog.Identity.Passkeys;
using Authdog.Identity.Passwords;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>Whoever has the password alone of an account with a passkey must not make a second factor of their own, and whoever has lost the passkey must not be stuck.</summary>
[Trait("Threat", "B13")]
public sealed class StrongestAuthenticationTests(PasskeyPagesHost host) : IClassFixture<PasskeyPagesHost>
{
    private const string Password = "correct horse battery staple";
    private const string Account = "/.authdog/account";

    public static TheoryData<string> Changes => [Account + "/passkeys/add", Account + "/passkeys/offer", Account + "/passkeys/{passkey}/remove", MfaEndpoints.AddPath, MfaEndpoints.CodesPath, Account + "/email"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task StepUpBypass_ByAFactorOfTheThiefsOwn_IsAskedForThePasskey(string path)
    {
        var (person, authenticator, passkey) = await PersonAsync();
        using var own = authenticator;
        path = path.Replace("{passkey}", passkey.Id.ToString("D"), StringComparison.Ordinal);
        using var thief = new Browser(host.Pages.Address);
        (await person.SignInAsync(thief)).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await host.Pages.SessionAsync(thief)).Acr.ShouldBe("aal1");

        var shown = await thief.GetAsync(path);
        shown.Status.ShouldBe(HttpStatusCode.SeeOther);
        shown.Location!.ShouldContain("acr=aal2");
        var question = PasskeyQuestion.Of(await thief.FollowAsync(await thief.GetAsync(shown.Location!)));

        // Posting straight away does not help either.
        var posted = await thief.PostAsync(path, [new("__RequestVerificationToken", question.Hidden["__RequestVerificationToken"]), new("email", "thief@example.com"), new("code", "123456")]);
        posted.Location!.ShouldContain("acr=aal2");

        // The owner shows it, and comes to the very page.
        var target = (await question.AnswerAsync(thief, own.Get(question.Options))).Location!;
        target.ShouldStartWith(path);
        (await thief.GetAsync(target)).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.SeeOther);
        (await host.Pages.SessionAsync(thief)).Acr.ShouldBe("aal2");
    }

    [Fact]
    public async Task StepUpBypass_InTheGraceOfAPolicy_IsOfferedNothingToSetUp()
    {
        var (person, authenticator, _) = await PersonAsync();
        authenticator.Dispose();
        await using var bench = new PasskeyBench(host.Pages);
        var other = await NewPersonAsync(bench);
        await host.Pages.SetSettingsAsync("""{ "Mfa": { "Policy": "Required", "Grace": "20.00:00:00" } }""");
        using var thief = new Browser(host.Pages.Address);
        using var owner = new Browser(host.Pages.Address);

        var withPasskey = await person.SignInAsync(thief, "/app");
        var without = await owner.FollowAsync(await other.SignInAsync(owner, "/app"));
        await host.Pages.SetSettingsAsync("{}");

        withPasskey.Location.ShouldBe("/app");
        without.Title.ShouldBe("Set up a second step");
    }

    [Fact]
    public async Task StepUpBypass_OnAHostWhereThePasskeyDoesNotWork_SetsUpNothing()
    {
        var (person, authenticator, _) = await PersonAsync();
        authenticator.Dispose();
        await using var bench = new PasskeyBench(host.Pages);
        bench.Get<IHttpContextAccessor>().HttpContext = bench.Context;
        bench.Context.Request.Host = new HostString("elsewhere.localhost");
        EmailAddress.TryParse(person.Email, out var email).ShouldBeTrue();
        var user = (await bench.Get<UserDirectory>().FindByEmailAsync(email!, CancellationToken.None))!;
        var now = host.Pages.Time.GetUtcNow();
        LoginFlow flow = new("flow", new LoginTransaction
        {
            Binding = "browser",
            Return = "/",
            Email = person.Email,
            User = user.Id,
            Proved = [AuthenticationFactor.Password(now)],
            Requirement = new LoginRequirement { AskedAt = now, Acr = "aal2" },
        }, 1);

        (await bench.Get<LoginSteps>().NextAsync(flow, user, CancellationToken.None)).ShouldBeOfType<LoginNext.Unreachable>();
    }

    [Fact]
    public async Task PasskeyOfAnotherHost_IsNoDeadEnd_ThePageSaysWhereItWorksAndWhatToDoWhenItIsLost()
    {
        var (person, authenticator, _) = await PersonAsync();
        authenticator.Dispose();
        var changes = host.Pages.Services.GetRequiredService<TenantChanges>();
        (await changes.AddAddressAsync(TenantId.Default, "elsewhere.localhost", CancellationToken.None)).ShouldBeOfType<TenantChange.Done>();
        using var browser = new Browser(host.Pages.Address);
        browser.Client.DefaultRequestHeaders.Host = "elsewhere.localhost:" + host.Pages.Address.Port;
        await person.SignInAsync(browser);

        var page = await browser.FollowAsync(await browser.GetAsync(Account + "/passkeys/add"));
        var lost = await browser.GetAsync(Address(page, "second-step?"));
        await changes.RemoveAddressAsync(TenantId.Default, "elsewhere.localhost", CancellationToken.None);

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Text.ShouldContain("Your passkey belongs to localhost and works only there. Set up an authenticator app there");
        page.Html.ShouldContain($"href=\"{host.Url}{PagePaths.SecondSteps}\"");
        lost.Title.ShouldBe("Second step lost");
    }

    [Fact]
    public async Task LostPasskey_IsRemovedAfterTheWait_AndItsOwnerMakesANewOne()
    {
        var (person, authenticator, _) = await PersonAsync();
        authenticator.Dispose();
        using var browser = new Browser(host.Pages.Address);
        await person.SignInAsync(browser);
        var question = await browser.FollowAsync(await browser.GetAsync((await browser.GetAsync(Account + "/passkeys/add")).Location!));
        var lost = await browser.GetAsync(Address(await browser.GetAsync(Address(question, "choose=1")), "second-step"));
        lost.Title.ShouldBe("Second step lost");
        await browser.SubmitAsync(lost);
        var mail = await host.Pages.Mail.ReceiveAsync(person.Email);
        var finish = Regex.Matches(mail.TextBody!, @"^https?://\S+second-step\S+", RegexOptions.Multiline).Last().Value;

        (await browser.GetAsync(finish)).Title.ShouldBe("The wait is not over yet");
        host.Pages.Time.Advance(TimeSpan.FromDays(3));
        (await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync(finish)))).Title.ShouldBe("The second step is removed");

        (await host.Pages.Mail.ReceiveAsync(person.Email, count: 2)).TextBody!.ShouldContain("/.authdog/not-me");
        await person.SignInAsync(browser);
        (await browser.GetAsync(Account + "/passkeys/add")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Threat", "I12")]
    public async Task NewPasskey_RaisesTheSessionUnderANewId()
    {
        await using var bench = new PasskeyBench(host.Pages);
        var person = await NewPersonAsync(bench);
        using var browser = new Browser(host.Pages.Address);
        await person.SignInAsync(browser);
        var before = browser.Cookie("authdog");
        var question = PasskeyQuestion.Of(await browser.GetAsync(Account + "/passkeys/add"));
        using var authenticator = Localhost();

        await question.AnswerAsync(browser, authenticator.Create(question.Options));

        browser.Cookie("authdog").ShouldNotBe(before);
        (await host.Pages.SessionAsync(browser)).Acr.ShouldBe("aal2");

        // Whoever has shown it goes on without being asked again.
        (await browser.GetAsync(Account + "/passkeys/add")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static string Address(ReceivedPage page, string part) =>
        Regex.Matches(page.Html, "href=\"([^\"]+)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).First(link => link.Contains(part, StringComparison.Ordinal));

    private static async Task<Person> NewPersonAsync(PasskeyBench bench) =>
        new((await bench.NewUserAsync(passwordHash: await bench.Get<PasswordHashing>().HashAsync(Password, "test", CancellationToken.None))).Email!, Password);

    private SoftwareAuthenticator Localhost() => new() { Origin = host.Url, RelyingPartyId = "localhost" };

    private async Task<(Person Person, SoftwareAuthenticator Authenticator, Passkey Passkey)> PersonAsync()
    {
        await using var bench = new PasskeyBench(host.Pages);
        var person = await NewPersonAsync(bench);
        EmailAddress.TryParse(person.Email, out var email).ShouldBeTrue();
        var authenticator = Localhost();
        var passkey = await bench.RegisteredAsync((await bench.Get<UserDirectory>().FindByEmailAsync(email!, CancellationToken.None))!, authenticator);
        return (person, authenticator, passkey);
    }
}
