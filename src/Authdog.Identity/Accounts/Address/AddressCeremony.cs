using System.Collections.Immutable;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Mail;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Accounts.Address;

/// <summary>Moves an account to another address, proved at both ends: the new one by link or code, by who is signed in lately; the old one is told, with a way back.</summary>
/// <remarks>Whether the new address has an account already: same answer; only the mail to it differs (I1).</remarks>
internal sealed class AddressCeremony(
    AccountPages account,
    StrongestAuthentication strongest,
    AddressChanges changes,
    UserDirectory users,
    SecurityNotices notices,
    KnownBrowsers browsers,
    RateLimits rates,
    Mailer mailer,
    TenantLinks addresses,
    ILogger<AddressCeremony> logger)
{
    private static readonly Rate s_perHour = new(5, TimeSpan.FromHours(1));

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var (session, refusal) = await strongest.RequireAsync(context, AccountPaths.Email);
        if (session is null)
        {
            return refusal;
        }

        return await changes.PendingAsync(session.User, context.RequestAborted) is var (_, email)
            ? CodeForm(context, session, email, FormErrors.None)
            : Form(context, session, FormErrors.None, typed: null);
    }

    public async Task<IResult> BeginAsync(HttpContext context)
    {
        var (session, refusal) = await strongest.RequireAsync(context, AccountPaths.Email);
        if (session is null)
        {
            return refusal;
        }

        var texts = account.Texts(context);
        var typed = context.Request.Form["email"].ToString();
        if (!EmailAddress.TryParse(typed, out var email))
        {
            return Form(context, session, FormErrors.Of("email", texts["Email.Invalid"]), typed);
        }

        if (email.Value == session.Email)
        {
            return Form(context, session, FormErrors.Of("email", texts["Email.Same"]), typed);
        }

        // Beyond the second limit the answer is the same and the mail is not sent: nobody's mailbox is filled from here.
        RateAsk mine = new(session.Tenant, "change-email-user", session.User.ToString(), s_perHour), theirs = new(session.Tenant, "change-email-mail", email.Normalized, s_perHour) { IsWatched = true };
        var verdict = await rates.TakeAsync([mine, theirs], context.RequestAborted);
        if (!verdict.Allowed)
        {
            return Form(context, session, FormErrors.Of("email", texts["Email.TooMany"]), typed);
        }

        var (secret, code) = await changes.BeginAsync(session.User, email, context.RequestAborted);
        var taken = await users.FindByEmailAsync(email, context.RequestAborted) is { } other && other.UserId != session.User;

        if (!verdict.States[1].IsExceeded)
        {
            mailer.Send(Message(email, texts.Language, taken, secret, code));
        }

        return new SeeOther(AccountPaths.Email);
    }

    public async Task<IResult> ConfirmByCodeAsync(HttpContext context)
    {
        var (session, refusal) = await strongest.RequireAsync(context, AccountPaths.Email);
        if (session is null)
        {
            return refusal;
        }

        if (await changes.PendingAsync(session.User, context.RequestAborted) is not { } pending)
        {
            return IsDone(context, session) ? Moved() : new SeeOther(AccountPaths.Email);
        }

        return await changes.IsCodeAsync(session.User, pending, context.Request.Form["code"], context.RequestAborted)
            ? await MoveAsync(context, session, pending)
            : CodeForm(context, session, pending.Email, FormErrors.Of("code", account.Texts(context)["Code.Wrong"]));
    }

    public async Task<IResult> ShowLinkAsync(HttpContext context)
    {
        var token = context.Request.Query["token"].ToString();
        var (session, refusal) = await strongest.RequireAsync(context, AccountPaths.EmailLink + new QueryBuilder { { "token", token } });
        if (session is null)
        {
            return refusal;
        }

        return await changes.PeekAsync(session.User, token, context.RequestAborted) is var (_, email)
            ? account.Page<AddressLinkPage>(context, session, FormErrors.None, ("Email", email.Value), ("Token", token))
            : Form(context, session, FormErrors.Of(FormErrors.Form, account.Texts(context)["Email.LinkOver"]), typed: null);
    }

    public async Task<IResult> ConfirmByLinkAsync(HttpContext context)
    {
        var token = context.Request.Form["token"].ToString();
        var (session, refusal) = await strongest.RequireAsync(context, AccountPaths.EmailLink + new QueryBuilder { { "token", token } });
        if (session is null)
        {
            return refusal;
        }

        return await changes.PeekAsync(session.User, token, context.RequestAborted) is { } pending
            ? await MoveAsync(context, session, pending)
            : IsDone(context, session) ? Moved() : Form(context, session, FormErrors.Of(FormErrors.Form, account.Texts(context)["Email.LinkOver"]), typed: null);
    }

    public async Task<IResult> ForgetAsync(HttpContext context)
    {
        var (session, refusal) = await strongest.RequireAsync(context, AccountPaths.Email);
        if (session is null)
        {
            return refusal;
        }

        await changes.ForgetAsync(session.User, context.RequestAborted);
        return new SeeOther(AccountPaths.Email);
    }

    private async Task<IResult> MoveAsync(HttpContext context, Session session, (AccountLink Link, EmailAddress Email) pending)
    {
        if (await users.FindAsync(session.User, context.RequestAborted) is not { Disabled: false } user || !EmailAddress.TryParse(user.Email, out var old))
        {
            return new SeeOther(PagePaths.Logout);
        }

        // From here on nothing stops half-way because a browser went away.
        if (!await changes.TakeAsync(pending.Link, CancellationToken.None) || !await users.SetEmailAsync(user, pending.Email, CancellationToken.None))
        {
            return Form(context, session, FormErrors.Of(FormErrors.Form, account.Texts(context)["Email.LinkOver"]), typed: null);
        }

        await notices.SendAsync(context, user, new SecurityNotice("Notice.EmailChanged") { Undo = AddressUndo.Name, Subject = old.Value, To = old });
        browsers.Remember(context, session.Tenant, pending.Email, session.Factors);
        AddressLog.Changed(logger, user.UserId.ToString());
        return Moved();
    }

    // The same form once more, or the code after the link.
    private static bool IsDone(HttpContext context, Session session) => EmailAddress.TryParse(context.Request.Form["to"], out var to) && to.Value == session.Email;

    private static IResult Moved() => AccountPages.Done(AccountPaths.Profile, "email");

    private MailMessage Message(EmailAddress email, string language, bool taken, string secret, string code)
    {
        var link = AccountPaths.EmailLink + new QueryBuilder { { "token", secret }, { "lang", language } };
        return taken
            ? new MailMessage(email, "address-taken", language, ImmutableDictionary<string, string>.Empty.Add("login", addresses.Link(PagePaths.Login)))
            : new MailMessage(email, "confirm-address", language, ImmutableDictionary<string, string>.Empty.Add("code", code).Add("link", addresses.Link(link)));
    }

    private IResult Form(HttpContext context, Session session, FormErrors problems, string? typed) =>
        account.Page<AddressPage>(context, session, problems, ("Typed", typed));

    private IResult CodeForm(HttpContext context, Session session, EmailAddress email, FormErrors problems) =>
        account.Page<AddressCodePage>(context, session, problems, ("Email", email.Value));
}
