using Authdog.Identity.Attacks;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Recovery;

/// <summary>Shows the recovery pages and, for whoever holds the mail's link, sets the new password: every session ends, the owner is told, and nobody is signed in by it.</summary>
internal sealed class RecoveryCeremony(
    OneTimeTokenStore links,
    UserDirectory users,
    PasswordHashing hashing,
    NewPasswords passwords,
    SessionStore sessions,
    LoginTransactions transactions,
    LoginAttempts attempts,
    AttackWatch attacks,
    AuditLog audit,
    SecurityNotices notices,
    CurrentTenant tenant,
    PageRenderer pages,
    IOptions<LoginOptions> login,
    ILogger<RecoveryCeremony> logger)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var target = ReturnUrl.CarriedBy(context.Request, login.Value.ReturnOrigins);
        var texts = pages.Texts(context);
        if (query.ContainsKey("sent"))
        {
            return Message(context, StatusCodes.Status200OK, "Recover.SentTitle", "Recover.SentText", LoginAddress.Start(target.Value), texts["Login.Back"]);
        }

        if (query.ContainsKey("done"))
        {
            return Message(context, StatusCodes.Status200OK, "Recover.DoneTitle", "Recover.DoneText", LoginAddress.Start(target.Value), texts["Login.Submit"]);
        }

        if (query["token"].ToString() is { Length: > 0 } token)
        {
            var link = await links.PeekAsync<RecoveryLink>(tenant.Id, RecoveryLinks.Purpose, token, context.RequestAborted);
            return await OwnerAsync(context, link) is not { } owner ? LinkOver(context)
                : query.ContainsKey("unasked") ? pages.Page<UnaskedRecoveryPage>(context, StatusCodes.Status200OK, ("Token", token))
                : NewPasswordForm(context, token, link!.Return, owner, FormErrors.None);
        }

        var flow = await transactions.FindAsync(context, tenant.Id, query["flow"], context.RequestAborted);
        return pages.Page<RecoverPage>(context, StatusCodes.Status200OK, ("Return", target.Value), ("Email", flow?.Transaction.Email));
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var form = context.Request.Form;
        var token = form["token"].ToString();
        var shown = await links.PeekAsync<RecoveryLink>(tenant.Id, RecoveryLinks.Purpose, token, context.RequestAborted);
        if (await OwnerAsync(context, shown) is not { } owner || !EmailAddress.TryParse(owner.Email, out var email))
        {
            await attacks.FailedAsync(context, tenant.Id, account: null, "recovery-link", context.RequestAborted);
            return LinkOver(context);
        }

        if (form.ContainsKey("unasked"))
        {
            return await DisownAsync(context, token, owner);
        }

        var password = form["password"].ToString();
        if (await passwords.ProblemAsync(pages.Texts(context), password, email, owner.Name, context.RequestAborted) is { } problem)
        {
            return NewPasswordForm(context, token, shown!.Return, owner, FormErrors.Of("password", problem));
        }

        var hash = await hashing.HashAsync(password, LoginAttempts.Network(context.Connection.RemoteIpAddress), context.RequestAborted);
        if (await links.TakeAsync<RecoveryLink>(tenant.Id, RecoveryLinks.Purpose, token, context.RequestAborted) is null)
        {
            return LinkOver(context);
        }

        // From here on nothing stops half-way because a browser went away.
        await users.SetPasswordHashAsync(owner, hash, CancellationToken.None);
        await sessions.RevokeAllAsync(tenant.Id, owner.UserId, except: null, CancellationToken.None);
        if (!owner.EmailConfirmed)
        {
            await users.SetEmailVerifiedAsync(owner, CancellationToken.None);
        }

        await attempts.ForgiveAsync(context, tenant.Id, email, CancellationToken.None);
        await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.Recovered, owner.UserId), CancellationToken.None);
        await notices.SendAsync(context, owner, new SecurityNotice("Notice.PasswordRecovered"));
        RecoveryLog.Recovered(logger, owner.UserId.ToString());
        return new SeeOther(PagePaths.Recover + new QueryBuilder { { "done", "1" }, { "return", shown!.Return } });
    }

    // Nothing was changed yet, so nothing is to be taken back: the link ends, for whoever may have read the message.
    private async Task<IResult> DisownAsync(HttpContext context, string token, User owner)
    {
        if (await links.TakeAsync<RecoveryLink>(tenant.Id, RecoveryLinks.Purpose, token, context.RequestAborted) is null)
        {
            return LinkOver(context);
        }

        await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.ReportedNotMe, owner.UserId, Detail: RecoveryLinks.Purpose), CancellationToken.None);
        return Message(context, StatusCodes.Status200OK, "Recover.UnaskedDoneTitle", "Recover.UnaskedDoneText", PagePaths.Login, pages.Texts(context)["Login.Submit"]);
    }

    private async Task<User?> OwnerAsync(HttpContext context, RecoveryLink? link) =>
        link?.User is { } id
        && await users.FindAsync(new UserId(id), context.RequestAborted) is { Disabled: false } user
        && user.SecurityStamp == link.Stamp
            ? user
            : null;

    private IResult NewPasswordForm(HttpContext context, string token, string target, User owner, FormErrors problems) =>
        pages.Page<NewPasswordPage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Errors", problems),
            ("Token", token),
            ("Return", target),
            ("Email", owner.Email),
            ("PasswordHint", passwords.Hint(pages.Texts(context))));

    private IResult LinkOver(HttpContext context) =>
        Message(context, StatusCodes.Status410Gone, "Recover.OverTitle", "Recover.OverText", LoginAddress.Keep(PagePaths.Recover, ReturnUrl.CarriedBy(context.Request, login.Value.ReturnOrigins).Value), pages.Texts(context)["Recover.Submit"]);

    private IResult Message(HttpContext context, int status, string title, string text, string address, string link)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(context, status, ("Title", texts[title]), ("Text", texts[text]), ("LinkAddress", address), ("LinkText", link));
    }
}
