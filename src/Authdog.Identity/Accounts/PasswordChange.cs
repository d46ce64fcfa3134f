using System.Collections.Immutable;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Accounts;

/// <summary>Changes the password of who is signed in and knows the current one: all other sessions end, this one gets a new id, the owner is told.</summary>
internal sealed class PasswordChange(
    AccountPages account,
    UserDirectory users,
    PasswordHashing hashing,
    NewPasswords passwords,
    LoginAttempts attempts,
    LoginCompletion completion,
    SessionStore sessions,
    Mailer mailer,
    PageRenderer pages,
    IOptions<PublicUrlOptions> reach,
    TimeProvider time,
    ILogger<PasswordChange> logger)
{
    public async Task<IResult> PostAsync(HttpContext context)
    {
        if (account.Require(context, out var refusal) is not { } session)
        {
            return refusal;
        }

        if (await users.FindAsync(session.User, context.RequestAborted) is not { Disabled: false } user || !EmailAddress.TryParse(user.Email, out var email))
        {
            return new SeeOther(PagePaths.Logout);
        }

        var problems = await JudgeAsync(context, session, user, email);
        if (problems.Any)
        {
            return await account.AccountAsync(context, session, problems);
        }

        var hash = await hashing.HashAsync(context.Request.Form["new-password"].ToString(), LoginAttempts.Network(context.Connection.RemoteIpAddress), context.RequestAborted);
        await users.SetPasswordHashAsync(user, hash, CancellationToken.None);
        await sessions.RevokeAllAsync(session.Tenant, session.User, except: null, CancellationToken.None);
        await completion.SignInAsync(context, user, Assurance.With(session.Factors, AuthenticationFactor.Password(time.GetUtcNow())), session.AbsoluteExpiresAt);
        mailer.Send(new MailMessage(
            email, "password-changed", pages.Texts(context).Language, ImmutableDictionary<string, string>.Empty.Add("recover", reach.Value.Link(PagePaths.Recover))));
        AccountsLog.PasswordChanged(logger, user.UserId.ToString());
        return new SeeOther(PagePaths.Account + "?done=password");
    }

    // The new password first: a refused one costs no try at the current one.
    private async Task<FormErrors> JudgeAsync(HttpContext context, Session session, User user, EmailAddress email)
    {
        var texts = pages.Texts(context);
        var form = context.Request.Form;
        if (passwords.Problem(texts, form["new-password"].ToString(), email, user.Name) is { } problem)
        {
            return FormErrors.Of("new-password", problem);
        }

        if (await attempts.BeginAsync(context, session.Tenant, email, context.RequestAborted) is { } wait)
        {
            return FormErrors.Of("password", LoginAttempts.Explain(texts, wait));
        }

        if (await hashing.VerifyAsync(user.PasswordHash, form["password"].ToString(), LoginAttempts.Network(context.Connection.RemoteIpAddress), context.RequestAborted) is PasswordVerification.Failed)
        {
            return FormErrors.Of("password", texts["Password.Wrong"]);
        }

        await attempts.SucceededAsync(context, session.Tenant, email, context.RequestAborted);
        return FormErrors.None;
    }
}
