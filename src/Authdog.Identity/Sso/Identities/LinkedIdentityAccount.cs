using Authdog.Identity.Accounts;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso.Identities;

/// <summary>The account's identities elsewhere: list and unlink.</summary>
internal sealed class LinkedIdentityAccount(
    AccountPages account,
    StrongestAuthentication strongest,
    IdentityProviders providers,
    ExternalIdentities identities,
    ExternalProfile profile,
    IdentityNotices notices,
    WaysIn waysIn,
    UserDirectory users,
    SessionStore sessions,
    ErrorPages errors)
{
    public async Task<IResult> ListAsync(HttpContext context)
    {
        if (account.Require(context, LinkedIdentityPaths.List, out var refusal) is not { } session)
        {
            return refusal;
        }

        return await users.FindAsync(session.User, context.RequestAborted) is { } user
            ? account.Page<LinkedIdentitiesPage>(
                context,
                session,
                FormErrors.None,
                ("Identities", await providers.OfAsync(user, context.RequestAborted)),
                ("Providers", await providers.OfferedAsync(user, context.RequestAborted)),
                ("Mandated", await providers.MandatedAsync(user, context.RequestAborted)),
                ("TimeZone", user.TimeZone))
            : new SeeOther(PagePaths.Logout);
    }

    public async Task<IResult> ShowRemoveAsync(HttpContext context, string id)
    {
        var (session, refusal) = await strongest.RequireAsync(context, LinkedIdentityPaths.RemovalOf(id));
        if (session is null)
        {
            return refusal;
        }

        return await users.FindAsync(session.User, context.RequestAborted) is { } user && await FindAsync(user, id, context.RequestAborted) is { } identity
            ? RemovePage(context, session, identity, FormErrors.None)
            : errors.Page(context, ErrorKind.NotFound);
    }

    public async Task<IResult> RemoveAsync(HttpContext context, string id)
    {
        var (session, refusal) = await strongest.RequireAsync(context, LinkedIdentityPaths.RemovalOf(id));
        if (session is null)
        {
            return refusal;
        }

        if (await users.FindAsync(session.User, context.RequestAborted) is not { Disabled: false } user)
        {
            return new SeeOther(PagePaths.Logout);
        }

        // Gone already, as when the form was sent twice: the list shows that.
        if (await FindAsync(user, id, context.RequestAborted) is not { } identity)
        {
            return AccountPages.Done(LinkedIdentityPaths.List, "identity-unlinked");
        }

        if (identity.IsManaged)
        {
            return new SeeOther(LinkedIdentityPaths.List);
        }

        UserLogin? gone = null;
        switch (await waysIn.RemoveAsync(user, async cancellation => (gone = await identities.UnlinkAsync(user, id, cancellation)) is not null, context.RequestAborted))
        {
            case WaysIn.Removal.LastWayIn:
                return RemovePage(context, session, identity, FormErrors.Of(FormErrors.Form, account.Texts(context)["Identities.LastWayIn"]));
            case WaysIn.Removal.Removed:
                await profile.WithdrawAsync(user, gone!, CancellationToken.None);
                if (context.Request.Form["others"] == "end")
                {
                    await sessions.RevokeAllAsync(session.Tenant, session.User, session.Id, CancellationToken.None);
                }

                await notices.UnlinkedAsync(context, user, gone!);
                break;
            default:
                break;
        }

        return AccountPages.Done(LinkedIdentityPaths.List, "identity-unlinked");
    }

    private async Task<LinkedIdentity?> FindAsync(User user, string id, CancellationToken cancellationToken) =>
        (await providers.OfAsync(user, cancellationToken)).FirstOrDefault(identity => identity.Id == id);

    private IResult RemovePage(HttpContext context, Session session, LinkedIdentity identity, FormErrors problems) =>
        account.Page<UnlinkIdentityPage>(context, session, problems, ("Identity", identity));
}
