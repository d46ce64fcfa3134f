using System.Net;
using System.Text.RegularExpressions;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Invitations;
using Authdog.Identity.Mfa;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Tests.Mfa;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Pages;

/// <summary>Every flow of the pages, up to the form that completes it.</summary>
internal static partial class FormFlows
{
    private const string Password = "correct horse battery staple";
    private const string NewPassword = "quite another long phrase";
    private static string? s_hash;

    private static readonly FormFlow s_account = new(static (_, _, _) => throw new InvalidOperationException()) { LeadsBack = false, SharesBrowser = false };

    public static Dictionary<string, FormFlow> All { get; } = new()
    {
        ["sign-up"] = new(SignUpAsync),
        ["sign-up by code"] = new(SignUpCodeAsync),
        ["sign-up by link"] = new((fixture, browser, target) => SignUpLinkAsync(fixture, browser, browser, target)),
        ["sign-up by link in another browser"] = new(SignUpElsewhereAsync),
        ["recovery asked for"] = new(RecoveryAsync),
        ["recovery"] = new(NewPasswordAsync),
        ["recovery not asked for"] = new(UnaskedRecoveryAsync) { LeadsBack = false },
        ["e-mail code"] = new(EmailCodeAsync),
        ["magic link"] = new(EmailLinkAsync),
        ["second step set up on the way"] = new(EnrolAsync),
        ["second step put off"] = new(PostponeAsync),
        ["authenticator code"] = new(AuthenticatorCodeAsync),
        ["recovery code"] = new(RecoveryCodeAsync),
        ["step-up"] = new(StepUpAsync) { SharesBrowser = false },
        ["second step lost"] = new(LostStepAsync),
        ["second step kept"] = new(KeptStepAsync) { LeadsBack = false },
        ["recovery codes renewed on the way"] = new(RenewCodesAsync) { SharesBrowser = false },
        ["authenticator set up"] = s_account with { BeginAsync = AddAuthenticatorAsync },
        ["authenticator removed"] = s_account with { BeginAsync = RemoveAuthenticatorAsync },
        ["password changed"] = s_account with { BeginAsync = ChangePasswordAsync },
        ["address changed"] = s_account with { BeginAsync = ChangeAddressAsync },
        ["address changed by code"] = s_account with { BeginAsync = AddressCodeAsync },
        ["address changed by link"] = s_account with { BeginAsync = AddressLinkAsync },
        ["account deleted"] = s_account with { BeginAsync = DeleteAsync },
        ["account kept"] = s_account with { BeginAsync = KeepAccountAsync },
        ["this was not me"] = s_account with { BeginAsync = NotMeAsync },
        ["invitation of somebody new"] = s_account with { BeginAsync = InvitationAsync },
        ["invitation of a member"] = s_account with { BeginAsync = JoinAsync },
        ["signed out"] = s_account with { BeginAsync = SignOutAsync },
    };

    private static async Task<FormMoment> SignUpAsync(SecondStepsHost fixture, Browser browser, string target) =>
        new(await browser.GetAsync(PagePaths.SignUp + "?return=" + target), ("email", Person.New().Email), ("name", "Ada"), ("password", Password));

    private static async Task<FormMoment> SignUpCodeAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var person = Person.New();
        var page = await person.BeginSignUpAsync(browser, target);
        return new FormMoment(page, ("code", Mailbox.Code(await fixture.Host.Mail.ReceiveAsync(person.Email))));
    }

    private static async Task<FormMoment> SignUpLinkAsync(SecondStepsHost fixture, Browser typing, Browser browser, string target)
    {
        var person = Person.New();
        await person.BeginSignUpAsync(typing, target);
        return new FormMoment(await browser.GetAsync(Mailbox.Link(await fixture.Host.Mail.ReceiveAsync(person.Email))));
    }

    private static async Task<FormMoment> SignUpElsewhereAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        using var typing = fixture.Host.NewBrowser();
        return await SignUpLinkAsync(fixture, typing, browser, target) with { Fields = [("password", NewPassword)] };
    }

    private static async Task<FormMoment> RecoveryAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var person = await PersonAsync(fixture);
        return new FormMoment(await browser.GetAsync(PagePaths.Recover + "?return=" + target), ("email", person.Email));
    }

    private static async Task<FormMoment> NewPasswordAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var asked = await RecoveryAsync(fixture, browser, target);
        await SendAsync(browser, asked);
        var address = asked.Fields[0].Value;
        return new FormMoment(await browser.GetAsync(Mailbox.Link(await fixture.Host.Mail.ReceiveAsync(address))), ("password", NewPassword)) { Mail = (address, "A new password was chosen") };
    }

    private static async Task<FormMoment> UnaskedRecoveryAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var asked = await RecoveryAsync(fixture, browser, target);
        await SendAsync(browser, asked);
        return new FormMoment(await browser.GetAsync(Mailbox.Link(await fixture.Host.Mail.ReceiveAsync(asked.Fields[0].Value)) + "&unasked=1"));
    }

    private static async Task<(ReceivedPage Page, MimeKit.MimeMessage Mail)> SendCodeAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var person = await PersonAsync(fixture);
        var page = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync(PagePaths.Login + "?return=" + target), ("email", person.Email)));
        page = await browser.GetAsync(Link(await browser.GetAsync(Link(page, "choose=1")), "method=email-code"));
        return (await browser.FollowAsync(await browser.SubmitAsync(page, ("send", "1"))), await fixture.Host.Mail.ReceiveAsync(person.Email));
    }

    private static async Task<FormMoment> EmailCodeAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var (page, mail) = await SendCodeAsync(fixture, browser, target);
        return new FormMoment(page, ("code", Mailbox.Code(mail)));
    }

    private static async Task<FormMoment> EmailLinkAsync(SecondStepsHost fixture, Browser browser, string target) =>
        new(await browser.GetAsync(Mailbox.Link((await SendCodeAsync(fixture, browser, target)).Mail)));

    private static async Task<FormMoment> EnrolAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var person = await PersonAsync(fixture, "admin");
        var offer = await browser.FollowAsync(await person.SignInAsync(browser, target));
        var setup = await browser.GetAsync(Link(offer, "method=totp"));
        return new FormMoment(setup, ("code", AuthenticatorApp.Read(fixture.Host, setup.Html).Code), ("name", "Phone")) { Mail = (person.Email, "authenticator app was added") };
    }

    private static async Task<FormMoment> PostponeAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var person = await PersonAsync(fixture, "staff");
        return new FormMoment(await browser.FollowAsync(await person.SignInAsync(browser, target)), ("later", "1"));
    }

    private static async Task<FormMoment> AuthenticatorCodeAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var (page, app, _) = await SecondStepAsync(fixture, browser, target);
        return new FormMoment(page, ("code", app.Code));
    }

    private static async Task<FormMoment> RecoveryCodeAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var (page, app, person) = await SecondStepAsync(fixture, browser, target);
        page = await browser.GetAsync(Link(await browser.GetAsync(Link(page, "choose=1")), "method=recovery-code"));
        return new FormMoment(page, ("code", app.RecoveryCodes[0])) { Mail = (person.Email, "recovery codes was used") };
    }

    private static async Task<FormMoment> StepUpAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        await SignInAsync(fixture, browser);
        var app = await AuthenticatorApp.SetUpAsync(fixture.Host, browser);
        var code = app.NextCode();
        return new FormMoment(await browser.FollowAsync(await browser.GetAsync($"{PagePaths.Login}?return={target}&amr=otp&max_age=20")), ("code", code));
    }

    private static async Task<FormMoment> LostStepAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var (page, _, person) = await SecondStepAsync(fixture, browser, target);
        return new FormMoment(await browser.GetAsync(Link(await browser.GetAsync(Link(page, "choose=1")), PagePaths.RecoverSecondStep))) { Mail = (person.Email, "is to be removed") };
    }

    private static async Task<FormMoment> KeptStepAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var lost = await LostStepAsync(fixture, browser, target);
        await SendAsync(browser, lost);
        var mail = await fixture.Host.Mail.ReceiveAsync(lost.Mail!.Value.Address, count: 2);
        return new FormMoment(await browser.GetAsync(SecondStepLinks().Match(mail.TextBody!).Value));
    }

    private static async Task<FormMoment> RenewCodesAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        await SignInAsync(fixture, browser);
        await AuthenticatorApp.SetUpAsync(fixture.Host, browser);
        return new FormMoment(await browser.GetAsync($"{MfaEndpoints.CodesPath}?return={Uri.EscapeDataString(target)}"));
    }

    private static async Task<FormMoment> AddAuthenticatorAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var person = await SignInAsync(fixture, browser);
        var setup = await browser.GetAsync(MfaEndpoints.AddPath);
        return new FormMoment(setup, ("code", AuthenticatorApp.Read(fixture.Host, setup.Html).Code), ("name", "Phone")) { Mail = (person.Email, "authenticator app was added") };
    }

    private static async Task<FormMoment> RemoveAuthenticatorAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var person = await SignInAsync(fixture, browser);
        await AuthenticatorApp.SetUpAsync(fixture.Host, browser);
        return new FormMoment(await browser.GetAsync(Link(await browser.GetAsync(PagePaths.SecondSteps), MfaEndpoints.RemovePath))) { Mail = (person.Email, "authenticator app was removed") };
    }

    private static async Task<FormMoment> ChangePasswordAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var person = await SignInAsync(fixture, browser);
        return new FormMoment(await browser.GetAsync("/.authdog/account/password"), ("password", Password), ("new-password", NewPassword)) { Mail = (person.Email, "The password of your account was changed"), Done = "Your password is changed" };
    }

    private static async Task<FormMoment> ChangeAddressAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        await SignInAsync(fixture, browser);
        return new FormMoment(await browser.GetAsync("/.authdog/account/email"), ("email", Person.New().Email));
    }

    private static async Task<(ReceivedPage Page, string Old, MimeKit.MimeMessage Mail)> MoveAsync(SecondStepsHost fixture, Browser browser)
    {
        var person = await SignInAsync(fixture, browser);
        var moved = Person.New().Email;
        var page = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync("/.authdog/account/email"), ("email", moved)));
        return (page, person.Email, await fixture.Host.Mail.ReceiveAsync(moved));
    }

    private static async Task<FormMoment> AddressCodeAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var (page, old, mail) = await MoveAsync(fixture, browser);
        return new FormMoment(page, ("code", Mailbox.Code(mail))) { Action = "/.authdog/account/email/code", Mail = (old, "e-mail address of your account was changed"), Done = "Your address is changed" };
    }

    private static async Task<FormMoment> AddressLinkAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var (_, old, mail) = await MoveAsync(fixture, browser);
        return new FormMoment(await browser.GetAsync(Mailbox.Link(mail))) { Mail = (old, "e-mail address of your account was changed"), Done = "Your address is changed" };
    }

    private static async Task<FormMoment> DeleteAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var person = await SignInAsync(fixture, browser);
        return new FormMoment(await browser.GetAsync("/.authdog/account/data/delete"), ("sure", "1")) { Mail = (person.Email, "deletion of your account was requested"), Done = "Your account will be deleted" };
    }

    private static async Task<FormMoment> KeepAccountAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var deletion = await DeleteAsync(fixture, browser, target);
        await SendAsync(browser, deletion);
        return new FormMoment(await browser.GetAsync(Mailbox.Link(await fixture.Host.Mail.ReceiveAsync(deletion.Mail!.Value.Address))));
    }

    private static async Task<FormMoment> NotMeAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var change = await ChangePasswordAsync(fixture, browser, target);
        await SendAsync(browser, change);
        return new FormMoment(await browser.GetAsync(Mailbox.Link(await fixture.Host.Mail.ReceiveAsync(change.Mail!.Value.Address))));
    }

    private static async Task<FormMoment> InvitationAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var person = Person.New();
        return new FormMoment(await browser.GetAsync(await InviteAsync(fixture, person.Email)), ("password", Password));
    }

    private static async Task<FormMoment> JoinAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        var person = await SignInAsync(fixture, browser);
        return new FormMoment(await browser.GetAsync(await InviteAsync(fixture, person.Email))) { Action = PagePaths.Invitation };
    }

    private static async Task<FormMoment> SignOutAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        await SignInAsync(fixture, browser);
        return new FormMoment(await browser.GetAsync(PagePaths.Logout));
    }

    /// <summary>Sends the form.</summary>
    public static Task<ReceivedPage> SendAsync(Browser browser, FormMoment moment) => browser.SubmitAsync(moment.Form, moment.Action, moment.Fields);

    /// <summary>Signs somebody new in.</summary>
    public static async Task<Person> SignInAsync(SecondStepsHost fixture, Browser browser)
    {
        var person = await PersonAsync(fixture);
        (await person.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);
        return person;
    }

    private static async Task<(ReceivedPage Page, AuthenticatorApp App, Person Person)> SecondStepAsync(SecondStepsHost fixture, Browser browser, string target)
    {
        using var owner = fixture.Host.NewBrowser();
        var person = await SignInAsync(fixture, owner);
        var app = await AuthenticatorApp.SetUpAsync(fixture.Host, owner);
        fixture.Host.Time.Advance(TimeSpan.FromSeconds(30));
        return (await browser.FollowAsync(await person.SignInAsync(browser, target)), app, person);
    }

    // Straight into the directory, with one hash for all: what is tried here comes after.
    private static async Task<Person> PersonAsync(SecondStepsHost fixture, string? role = null)
    {
        var person = Person.New() with { Password = Password };
        await using var scope = await fixture.Host.ScopeAsync();
        s_hash ??= await scope.ServiceProvider.GetRequiredService<PasswordHashing>().HashAsync(Password, CancellationToken.None);
        EmailAddress.TryParse(person.Email, out var email).ShouldBeTrue();
        var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        var user = (await users.CreateAsync(email, emailVerified: true, "Ada", s_hash, CancellationToken.None)).ShouldNotBeNull();
        if (role is not null)
        {
            await users.AddRolesAsync(user, [role], CancellationToken.None);
        }

        return person;
    }

    private static async Task<string> InviteAsync(SecondStepsHost fixture, string address)
    {
        await using var scope = await fixture.Host.ScopeAsync();
        EmailAddress.TryParse(address, out var email).ShouldBeTrue();
        (await scope.ServiceProvider.GetRequiredService<InvitationDirectory>().SendAsync(new InvitationRequest(email), CancellationToken.None)).ShouldBeOfType<InvitationResult.Sent>();
        return Mailbox.Link(await fixture.Host.Mail.ReceiveAsync(address));
    }

    private static string Link(ReceivedPage page, string part) =>
        Addresses().Matches(page.Html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).First(link => link.Contains(part, StringComparison.Ordinal));

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"^https?://\S+second-step\S+", RegexOptions.Multiline)]
    private static partial Regex SecondStepLinks();
}
