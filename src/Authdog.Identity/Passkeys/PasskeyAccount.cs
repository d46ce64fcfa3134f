using Authdog.Identity.Accounts;
using Authdog.Identity.Login;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Passkeys;

/// <summary>The account's passkeys: list, add, rename, remove.</summary>
internal sealed class PasskeyAccount(
    AccountPages account,
    StrongestAuthentication strongest,
    PasskeyDirectory passkeys,
    PasskeyRegistrations registrations,
    RelyingParties parties,
    WaysIn waysIn,
    UserDirectory users,
    LoginCompletion completion,
    SessionStore sessions,
    SecurityNotices notices,
    ErrorPages errors,
    TimeProvider time,
    ILogger<PasskeyAccount> logger)
{
    public async Task<IResult> ListAsync(HttpContext context)
    {
        if (account.Require(context, PasskeyPaths.List, out var refusal) is not { } session)
        {
            return refusal;
        }

        if (await users.FindAsync(session.User, context.RequestAborted) is not { } user)
        {
            return new SeeOther(PagePaths.Logout);
        }

        var all = await passkeys.ListAsync(session.User, context.RequestAborted);
        var party = parties.Find(context);
        return account.Page<PasskeysPage>(
            context,
            session,
            FormErrors.None,
            ("Passkeys", all),
            ("TimeZone", user.TimeZone),
            ("CanAdd", party is not null),
            ("Signals", party is null ? null : PasskeySignals.Accepted(party.Id, user, all)));
    }

    public async Task<IResult> ShowAddAsync(HttpContext context)
    {
        var (session, refusal) = await strongest.RequireAsync(context, PasskeyPaths.Add);
        return session is null ? refusal : await AddPageAsync(context, session, FormErrors.None);
    }

    public async Task<IResult> AddAsync(HttpContext context)
    {
        var (session, refusal) = await strongest.RequireAsync(context, PasskeyPaths.Add);
        if (session is null)
        {
            return refusal;
        }

        return await RegisterAsync(context, session) is { } problem
            ? await AddPageAsync(context, session, FormErrors.Of(FormErrors.Form, account.Texts(context)[problem]))
            : AccountPages.Done(PasskeyPaths.List, "passkey-added");
    }

    public async Task<IResult> ShowOneAsync(HttpContext context, Guid id)
    {
        if (account.Require(context, PasskeyPaths.Of(id), out var refusal) is not { } session)
        {
            return refusal;
        }

        return await passkeys.FindAsync(session.User, id, context.RequestAborted) is { } passkey
            ? OnePage(context, session, passkey, passkey.Name, FormErrors.None)
            : errors.Page(context, ErrorKind.NotFound);
    }

    public async Task<IResult> RenameAsync(HttpContext context, Guid id)
    {
        if (account.Require(context, PasskeyPaths.Of(id), out var refusal) is not { } session)
        {
            return refusal;
        }

        if (await passkeys.FindAsync(session.User, id, context.RequestAborted) is not { } passkey)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        var typed = context.Request.Form["name"].ToString();
        if (PasskeyNames.Parse(typed) is not { } name)
        {
            return OnePage(context, session, passkey, typed, FormErrors.Of("name", account.Texts(context).Format("Passkeys.NameInvalid", Passkey.MaxName)));
        }

        await passkeys.RenameAsync(session.User, id, name, context.RequestAborted);
        return AccountPages.Done(PasskeyPaths.List, "passkey-renamed");
    }

    public async Task<IResult> ShowRemoveAsync(HttpContext context, Guid id)
    {
        var (session, refusal) = await strongest.RequireAsync(context, PasskeyPaths.RemovalOf(id));
        if (session is null)
        {
            return refusal;
        }

        return await passkeys.FindAsync(session.User, id, context.RequestAborted) is { } passkey
            ? RemovePage(context, session, passkey, FormErrors.None)
            : errors.Page(context, ErrorKind.NotFound);
    }

    public async Task<IResult> RemoveAsync(HttpContext context, Guid id)
    {
        var (session, refusal) = await strongest.RequireAsync(context, PasskeyPaths.RemovalOf(id));
        if (session is null)
        {
            return refusal;
        }

        if (await users.FindAsync(session.User, context.RequestAborted) is not { Disabled: false } user)
        {
            return new SeeOther(PagePaths.Logout);
        }

        switch (await waysIn.RemoveAsync(user, cancellation => passkeys.RemoveAsync(user, id, cancellation), context.RequestAborted))
        {
            case WaysIn.Removal.Removed:
                PasskeyLog.Removed(logger, user.UserId.ToString(), id.ToString("D"));
                if (context.Request.Form["others"] == "end")
                {
                    await sessions.RevokeAllAsync(session.Tenant, session.User, session.Id, CancellationToken.None);
                }

                await notices.SendAsync(context, user, new SecurityNotice("Notice.PasskeyRemoved"));
                break;
            case WaysIn.Removal.LastWayIn when await passkeys.FindAsync(session.User, id, context.RequestAborted) is { } last:
                return RemovePage(context, session, last, FormErrors.Of(FormErrors.Form, account.Texts(context)["Passkeys.LastWayIn"]));
            default:
                // Gone already, as when the form was sent twice: the list shows that.
                break;
        }

        return AccountPages.Done(PasskeyPaths.List, "passkey-removed");
    }

    /// <summary>Registers what was posted and tells the owner; the key of what went wrong, null when nothing did.</summary>
    internal async Task<string?> RegisterAsync(HttpContext context, Session session)
    {
        if (await users.FindAsync(session.User, context.RequestAborted) is not { Disabled: false } user)
        {
            return "Passkey.NotAdded";
        }

        var form = context.Request.Form;
        switch (await registrations.RegisterAsync(context, user, form["challenge"], form["credential"], session.Id.Value, PasskeyNames.For(account.Texts(context)), context.RequestAborted))
        {
            case RegistrationResult.Registered registered:
                await notices.SendAsync(context, user, PasskeyUndo.Notice(registered.Passkey));
                if (!registered.Silently)
                {
                    await RaiseAsync(context, session, user, registered.Passkey);
                }

                return null;
            case RegistrationResult.Refused refused:
                return PasskeyTexts.Registration(refused.Reason);
            default:
                throw new InvalidOperationException("Not a result of a registration.");
        }
    }

    // Its owner has just shown it: this session rises, under a new id. One that a browser made by itself nobody has shown.
    private Task<bool> RaiseAsync(HttpContext context, Session session, User user, Passkey passkey) =>
        completion.SignInAsync(context, user, Assurance.With(session.Factors, VerifiedAssertion.Made(user, passkey).Factor(time.GetUtcNow())), session.AbsoluteExpiresAt);

    private async Task<IResult> AddPageAsync(HttpContext context, Session session, FormErrors problems)
    {
        if (await users.FindAsync(session.User, context.RequestAborted) is not { Disabled: false } user)
        {
            return new SeeOther(PagePaths.Logout);
        }

        return await registrations.AskAsync(context, user, session.Id.Value, silently: false, context.RequestAborted) is { } asked
            ? account.Page<AddPasskeyPage>(context, session, problems, ("Asked", asked))
            : new SeeOther(PasskeyPaths.List);
    }

    private IResult OnePage(HttpContext context, Session session, Passkey passkey, string name, FormErrors problems) =>
        account.Page<PasskeyNamePage>(context, session, problems, ("Passkey", passkey), ("Name", name));

    private IResult RemovePage(HttpContext context, Session session, Passkey passkey, FormErrors problems) =>
        account.Page<RemovePasskeyPage>(context, session, problems, ("Passkey", passkey));
}
