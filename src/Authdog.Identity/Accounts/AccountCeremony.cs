using Authdog.Identity.Audit;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Accounts;

/// <summary>Shows the account and ends sessions of its owner.</summary>
internal sealed class AccountCeremony(AccountPages account, SessionStore sessions, SessionSignIn signIn, AuditLog audit)
{
    public async Task<IResult> ShowAsync(HttpContext context) =>
        account.Require(context, out var refusal) is { } session ? await account.AccountAsync(context, session, FormErrors.None) : refusal;

    public async Task<IResult> SignOutEverywhereAsync(HttpContext context)
    {
        if (account.Require(context, out var refusal) is not { } session)
        {
            return refusal;
        }

        await sessions.RevokeAllAsync(session.Tenant, session.User, except: null, CancellationToken.None);
        await signIn.SignOutAsync(context);
        await audit.WriteAsync(new AuditEvent(session.Tenant, AuditEventKind.SignedOut, session.User), CancellationToken.None);
        return new SeeOther(PagePaths.Logout);
    }

    public async Task<IResult> RevokeAsync(HttpContext context)
    {
        if (account.Require(context, out var refusal) is not { } session)
        {
            return refusal;
        }

        // Only from the owner's own list: another user's id finds nothing (I10).
        var asked = context.Request.Form["session"].ToString();
        var own = await sessions.ListAsync(session.Tenant, session.User, context.RequestAborted);
        if (own.FirstOrDefault(other => other.Id.Value == asked && other.Id != session.Id) is { } found)
        {
            await sessions.RevokeAsync(found.Id, CancellationToken.None);
            await audit.WriteAsync(new AuditEvent(session.Tenant, AuditEventKind.SignedOut, session.User), CancellationToken.None);
        }

        return new SeeOther(PagePaths.Account + "?done=session");
    }
}
