using Authdog.Identity.Audit;
using Authdog.Identity.Login;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Accounts.Deletion;

/// <summary>Takes a person's wish to be deleted: every session ends, and after the grace period the account is erased.</summary>
internal sealed class DeletionCeremony(
    AccountPages account,
    FreshAuthentication fresh,
    Deletions deletions,
    DeletionForms forms,
    Erasure erasure,
    UserDirectory users,
    SessionStore sessions,
    SessionSignIn signIn,
    SecurityNotices notices,
    AuditLog audit,
    PageRenderer pages,
    ErrorPages errors,
    TenantOptions<DeletionOptions> options,
    ILogger<DeletionCeremony> logger)
{
    public IResult Show(HttpContext context)
    {
        if (!options.Value.Enabled)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        return context.Request.Query.ContainsKey("done") && context.Features.Get<SessionFeature>()?.Session is null
            ? Gone(context)
            : fresh.Require(context, AccountPaths.Deletion, out var refusal) is { } session ? Form(context, session, FormErrors.None) : refusal;
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (!options.Value.Enabled)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        if (await IsRequestedAsync(context))
        {
            return AccountPages.Done(AccountPaths.Deletion, "deleted");
        }

        if (fresh.Require(context, AccountPaths.Deletion, out var refusal) is not { } session)
        {
            return refusal;
        }

        if (context.Request.Form["sure"] != "1")
        {
            return Form(context, session, FormErrors.Of("sure", account.Texts(context)["Deletion.Sure"]));
        }

        if (await users.FindAsync(session.User, context.RequestAborted) is not { Disabled: false } user)
        {
            return new SeeOther(PagePaths.Logout);
        }

        // From here on nothing stops half-way because a browser went away.
        await deletions.RequestAsync(session.User, CancellationToken.None);
        await audit.WriteAsync(new AuditEvent(session.Tenant, AuditEventKind.DeletionRequested, session.User), CancellationToken.None);
        DeletionLog.Requested(logger, session.User.ToString());
        await sessions.RevokeAllAsync(session.Tenant, session.User, except: null, CancellationToken.None);
        await signIn.SignOutAsync(context);
        if (options.Value.GracePeriod == TimeSpan.Zero)
        {
            await erasure.EraseAsync(session.User, CancellationToken.None);
        }
        else
        {
            await notices.SendAsync(context, user, new SecurityNotice("Notice.DeletionRequested") { Undo = DeletionUndo.Name });
        }

        return AccountPages.Done(AccountPaths.Deletion, "deleted");
    }

    // The same form once more: its session is over, and the account is to be erased or is erased already.
    private async Task<bool> IsRequestedAsync(HttpContext context) =>
        context.Features.Get<SessionFeature>()?.Session is null
        && forms.Open(context.Request.Form["mark"]) is { } user
        && (await deletions.DueAsync(user, context.RequestAborted) is not null || await users.FindAsync(user, context.RequestAborted) is null);

    private IResult Form(HttpContext context, Session session, FormErrors problems) =>
        account.Page<DeletionPage>(context, session, problems, ("Mark", forms.Seal(session.User)), ("Days", (int)Math.Ceiling(options.Value.GracePeriod.TotalDays)));

    private IResult Gone(HttpContext context)
    {
        var texts = pages.Texts(context);
        var days = (int)Math.Ceiling(options.Value.GracePeriod.TotalDays);
        return pages.Page<MessagePage>(
            context,
            StatusCodes.Status200OK,
            ("Title", texts[days == 0 ? "Deletion.ErasedTitle" : "Deletion.DoneTitle"]),
            ("Text", days == 0 ? texts["Deletion.ErasedText"] : texts.Format("Deletion.DoneText", days)),
            ("LinkAddress", "/"),
            ("LinkText", texts["Account.ToApp"]));
    }
}
