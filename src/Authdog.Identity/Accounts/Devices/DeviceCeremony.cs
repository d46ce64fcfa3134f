using Authdog.Identity.Audit;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>Lists the sessions of who is signed in, and ends one, all others or all (ASVS 7.5.2).</summary>
internal sealed class DeviceCeremony(AccountPages account, SessionStore sessions, SessionSignIn signIn, UserDirectory users, ClientPlaces places, AuditLog audit)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (account.Require(context, AccountPaths.Devices, out var refusal) is not { } session)
        {
            return refusal;
        }

        var uses = await sessions.ListUsesAsync(session.Tenant, session.User, context.RequestAborted);
        var user = await users.FindAsync(session.User, context.RequestAborted);
        return account.Page<DevicesPage>(context, session, FormErrors.None, ("Uses", uses), ("Places", places), ("TimeZone", user?.TimeZone));
    }

    public async Task<IResult> EndAsync(HttpContext context)
    {
        if (account.Require(context, AccountPaths.Devices, out var refusal) is not { } session)
        {
            return refusal;
        }

        // Only from the owner's own list: another user's id finds nothing (I10).
        var asked = context.Request.Form["session"].ToString();
        var own = await sessions.ListAsync(session.Tenant, session.User, context.RequestAborted);
        if (own.FirstOrDefault(other => other.Id.Value == asked && other.Id != session.Id) is { } found)
        {
            await sessions.RevokeAsync(found.Id, CancellationToken.None);
            await WriteAsync(session);
        }

        return AccountPages.Done(AccountPaths.Devices, "device");
    }

    public async Task<IResult> EndOthersAsync(HttpContext context)
    {
        if (account.Require(context, AccountPaths.Devices, out var refusal) is not { } session)
        {
            return refusal;
        }

        await sessions.RevokeAllAsync(session.Tenant, session.User, session.Id, CancellationToken.None);
        await WriteAsync(session);
        return AccountPages.Done(AccountPaths.Devices, "others");
    }

    public async Task<IResult> EndAllAsync(HttpContext context)
    {
        if (account.Require(context, AccountPaths.Devices, out var refusal) is not { } session)
        {
            return refusal;
        }

        await sessions.RevokeAllAsync(session.Tenant, session.User, except: null, CancellationToken.None);
        await signIn.SignOutAsync(context);
        await WriteAsync(session);
        return new SeeOther(PagePaths.Logout);
    }

    private Task WriteAsync(Session session) => audit.WriteAsync(new AuditEvent(session.Tenant, AuditEventKind.SignedOut, session.User), CancellationToken.None);
}
