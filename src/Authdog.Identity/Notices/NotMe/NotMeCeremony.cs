using Authdog.Identity.Attacks;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Recovery;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Notices.NotMe;

/// <summary>"This wasn't me": takes the change back, ends every session, ends the password, flags the other factors for review, and goes on with recovery.</summary>
/// <remarks>For whoever holds the link, signed in or not: it was sent to the person's own mailbox, as a recovery's would be. GET shows, POST acts (I5).</remarks>
internal sealed class NotMeCeremony(
    AccountLinks links,
    IEnumerable<ISecurityUndo> undos,
    UserDirectory users,
    SessionStore sessions,
    RecoveryLinks recoveries,
    AttackWatch attacks,
    AuditLog audit,
    CurrentTenant tenant,
    PageRenderer pages,
    ILogger<NotMeCeremony> logger)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var token = context.Request.Query["token"].ToString();
        var link = await links.PeekAsync(SecurityNotices.Purpose, token, context.RequestAborted);
        return link is not null && await OwnerAsync(link, context.RequestAborted) is { } owner
            ? pages.Page<NotMePage>(context, StatusCodes.Status200OK, ("Token", token), ("HasPassword", owner.PasswordHash is not null))
            : Over(context);
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var link = await links.PeekAsync(SecurityNotices.Purpose, context.Request.Form["token"], context.RequestAborted);
        if (link is null || await OwnerAsync(link, context.RequestAborted) is not { } owner || !await links.TakeAsync(link, CancellationToken.None))
        {
            await attacks.FailedAsync(context, tenant.Id, account: null, "not-me-link", context.RequestAborted);
            return Over(context);
        }

        // From here on nothing stops half-way because a browser went away.
        await links.EndLaterAsync(link, CancellationToken.None);
        var undone = await UndoAsync(link, owner);

        // A password that an earlier "this wasn't me" has ended is to be chosen anew as well.
        var hadPassword = owner.PasswordHash is not null || owner.ReviewSince is not null;
        await users.SetCompromisedAsync(owner, CancellationToken.None);
        await sessions.RevokeAllAsync(tenant.Id, owner.UserId, except: null, CancellationToken.None);
        await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.ReportedNotMe, owner.UserId, Detail: SecurityNotices.Undo(link).Kind), CancellationToken.None);
        NotMeLog.Reported(logger, owner.UserId.ToString());
        return hadPassword && undone
            ? new SeeOther(PagePaths.Recover + new QueryBuilder { { "token", await recoveries.IssueAsync(owner, "/", CancellationToken.None) } })
            : Done(context, undone ? "NotMe.DoneText" : "NotMe.NotUndoneText");
    }

    private async Task<bool> UndoAsync(AccountLink link, User owner)
    {
        var (kind, subject) = SecurityNotices.Undo(link);
        var undo = undos.FirstOrDefault(undo => undo.Kind == kind);
        return kind is null || (undo is not null && await undo.UndoAsync(owner, subject, CancellationToken.None));
    }

    private async Task<User?> OwnerAsync(AccountLink link, CancellationToken cancellationToken) =>
        await users.FindAsync(new UserId(link.UserId), cancellationToken) is { Disabled: false } owner ? owner : null;

    // As its text advises. Whoever has just said so in this browser, and sent the form twice, needs it as well.
    private IResult Over(HttpContext context) => Message(context, StatusCodes.Status410Gone, "NotMe.OverTitle", "NotMe.OverText", PagePaths.Recover, "Recover.Title");

    private IResult Done(HttpContext context, string text) => Message(context, StatusCodes.Status200OK, "NotMe.DoneTitle", text, PagePaths.Login, "Login.Submit");

    private IResult Message(HttpContext context, int status, string title, string text, string address, string link)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(context, status, ("Title", texts[title]), ("Text", texts[text]), ("LinkAddress", address), ("LinkText", texts[link]));
    }
}
