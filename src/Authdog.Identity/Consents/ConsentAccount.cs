using Authdog.Identity.Accounts;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Consents;

/// <summary>Shows what a person has agreed to; giving and taking back is one click each.</summary>
internal sealed class ConsentAccount(AccountPages account, ConsentLedger ledger, Wordings wordings, UserDirectory users, SessionStore sessions, SessionSignIn signIn, ErrorPages errors)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (account.Require(context, ConsentEndpoints.AccountPath, out var refusal) is not { } session)
        {
            return refusal;
        }

        var user = await users.FindAsync(session.User, context.RequestAborted);
        return account.Page<ConsentsPage>(
            context,
            session,
            FormErrors.None,
            ("Wordings", wordings.In(account.Texts(context).Language)),
            ("Newest", await ledger.NewestAsync(session.User, context.RequestAborted)),
            ("TimeZone", user?.TimeZone));
    }

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        if (account.Require(context, ConsentEndpoints.AccountPath, out var refusal) is not { } session)
        {
            return refusal;
        }

        var form = context.Request.Form;
        if (wordings.Find(form["document"], account.Texts(context).Language) is not { } wording)
        {
            return new SeeOther(ConsentEndpoints.AccountPath);
        }

        var given = form["given"] == wording.Hash;
        await ledger.AddAsync(session.User, [ledger.Answer(context, wording, given, "account")], CancellationToken.None);
        if (given || !wording.Required)
        {
            return AccountPages.Done(ConsentEndpoints.AccountPath, given ? "consent" : "consent-withdrawn");
        }

        // Nobody uses the service without it: the next sign-in asks again.
        await sessions.RevokeAllAsync(session.Tenant, session.User, except: null, CancellationToken.None);
        await signIn.SignOutAsync(context);
        return new SeeOther(PagePaths.Logout);
    }

    public async Task<IResult> ShowTextAsync(HttpContext context, string hash)
    {
        if (account.Require(context, ConsentEndpoints.AccountPath, out var refusal) is not { } session)
        {
            return refusal;
        }

        return await ledger.WordingAsync(session.User, hash, context.RequestAborted) is { } wording
            ? account.Page<ConsentedTextPage>(context, session, FormErrors.None, ("Label", wording.Label), ("Text", wording.Text))
            : errors.Page(context, ErrorKind.NotFound);
    }
}
