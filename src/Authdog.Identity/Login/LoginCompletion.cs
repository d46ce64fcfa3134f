using System.Collections.Immutable;
using Authdog.Identity.Audit;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Login;

/// <summary>Turns a proof into a session: a new cookie, whatever the browser had before (B15, I12).</summary>
internal sealed class LoginCompletion(
    LoginTransactions transactions,
    SessionSignIn signIn,
    UserDirectory users,
    UserAttributes attributes,
    AuditLog audit,
    CurrentTenant tenant,
    ILogger<LoginCompletion> logger)
{
    private const int MaxUserAgent = 256;

    public async Task CompleteAsync(HttpContext context, LoginFlow flow, LoginProof.Proved proved)
    {
        // The same form sent twice signs in once; the second answer leads to the same place.
        if (!await transactions.CompleteAsync(tenant.Id, flow, context.RequestAborted))
        {
            return;
        }

        await SignInAsync(context, proved.User, [proved.Factor]);
    }

    public async Task SignInAsync(HttpContext context, User user, ImmutableArray<AuthenticationFactor> factors)
    {
        var roles = await users.RolesAsync(user, context.RequestAborted);
        var agent = context.Request.Headers.UserAgent.ToString();
        var session = await signIn.SignInAsync(context, new NewSession(
            tenant.Id,
            user.UserId,
            SessionProfile.Of(user, roles, attributes.ClaimsOf(user)),
            factors,
            agent.Length > MaxUserAgent ? agent[..MaxUserAgent] : agent,
            context.Connection.RemoteIpAddress?.ToString()));

        // B11: hashing takes long enough to be shut out, or to choose a new password, beside it. Asked after the session is stored:
        // whoever changes the user from here on finds the session and ends it.
        if (!await users.IsStillAsync(user, CancellationToken.None))
        {
            await signIn.TakeBackAsync(context, session);
            LoginLog.TakenBack(logger, user.UserId.ToString());
            return;
        }

        await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.SignedIn, user.UserId), context.RequestAborted);
        LoginLog.SignedIn(logger, user.UserId.ToString());
    }
}
