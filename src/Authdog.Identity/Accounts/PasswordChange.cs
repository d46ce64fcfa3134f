using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Accounts;

/// <summary>Changes the password of who is signed in, lately, and knows the current one: all other sessions end, this one gets a new id, the owner is told.</summary>
/// <remarks>Who has none yet sets a first one; a fresh sign-in by another method stands for the current one.</remarks>
internal sealed class PasswordChange(
    AccountPages account,
    FreshAuthentication fresh,
    PasswordForms forms,
    UserDirectory users,
    PasswordHashing hashing,
    NewPasswords passwords,
    LoginAttempts attempts,
    LoginCompletion completion,
    SessionStore sessions,
    SecurityNotices notices,
    TimeProvider time,
    ILogger<PasswordChange> logger)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (fresh.Require(context, AccountPaths.Password, out var refusal) is not { } session)
        {
            return refusal;
        }

        return await users.FindAsync(session.User, context.RequestAborted) is { } user ? Form(context, session, user, FormErrors.None) : new SeeOther(PagePaths.Logout);
    }

    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (fresh.Require(context, AccountPaths.Password, out var refusal) is not { } session)
        {
            return refusal;
        }

        if (await users.FindAsync(session.User, context.RequestAborted) is not { Disabled: false } user || !EmailAddress.TryParse(user.Email, out var email))
        {
            return new SeeOther(PagePaths.Logout);
        }

        var form = context.Request.Form["form"].ToString();
        if (await forms.IsDoneAsync(session, form, context.RequestAborted))
        {
            return AccountPages.Done(AccountPaths.Security, "password");
        }

        var problems = await JudgeAsync(context, session, user, email);
        if (problems.Any)
        {
            return Form(context, session, user, problems);
        }

        var hash = await hashing.HashAsync(context.Request.Form["new-password"].ToString(), LoginAttempts.Network(context.Connection.RemoteIpAddress), context.RequestAborted);
        await users.SetPasswordHashAsync(user, hash, CancellationToken.None);
        await sessions.RevokeAllAsync(session.Tenant, session.User, except: null, CancellationToken.None);
        await forms.RememberAsync(session, form);
        await completion.SignInAsync(context, user, Assurance.With(session.Factors, AuthenticationFactor.Password(time.GetUtcNow())), session.AbsoluteExpiresAt);
        await notices.SendAsync(context, user, new SecurityNotice("Notice.PasswordChanged"));
        AccountsLog.PasswordChanged(logger, user.UserId.ToString());
        return AccountPages.Done(AccountPaths.Security, "password");
    }

    private IResult Form(HttpContext context, Session session, User user, FormErrors problems) =>
        account.Page<PasswordChangePage>(context, session, problems, ("HasPassword", user.PasswordHash is not null), ("PasswordHint", passwords.Hint(account.Texts(context))));

    // The new password first: a refused one costs no try at the current one.
    private async Task<FormErrors> JudgeAsync(HttpContext context, Session session, User user, EmailAddress email)
    {
        var texts = account.Texts(context);
        var form = context.Request.Form;
        if (await passwords.ProblemAsync(texts, form["new-password"].ToString(), email, user.Name, context.RequestAborted) is { } problem)
        {
            return FormErrors.Of("new-password", problem);
        }

        if (user.PasswordHash is null)
        {
            return FormErrors.None;
        }

        if (await attempts.BeginAsync(context, session.Tenant, email, context.RequestAborted) is { } wait)
        {
            return FormErrors.Of("password", LoginAttempts.Explain(texts, wait));
        }

        if (await hashing.VerifyAsync(user.PasswordHash, form["password"].ToString(), LoginAttempts.Network(context.Connection.RemoteIpAddress), context.RequestAborted) is PasswordVerification.Failed)
        {
            return FormErrors.Of("password", texts["Account.PasswordWrong"]);
        }

        await attempts.SucceededAsync(context, session.Tenant, email, context.RequestAborted);
        return FormErrors.None;
    }
}
