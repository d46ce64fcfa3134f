using System.Collections.Immutable;
using Authdog.Identity.Audit;
using Authdog.Identity.Clients;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Login;

/// <summary>Turns proofs into a session: a new cookie, whatever the browser had before (B15, I12).</summary>
internal sealed class LoginCompletion(
    LoginTransactions transactions,
    SessionSignIn signIn,
    UserDirectory users,
    SessionClaims claims,
    DirectoryContext directory,
    KnownBrowsers browsers,
    ClientMarks marks,
    LoginAttempts attempts,
    IEnumerable<IAuthenticationMethod> methods,
    SecondStepResets resets,
    AuditLog audit,
    IEnumerable<SignInGuard> guards,
    IEnumerable<ISignInListener> listeners,
    IEnumerable<LoginAfterwards> afterwards,
    CurrentTenant tenant,
    ILogger<LoginCompletion> logger)
{
    private const int MaxUserAgent = 256;

    /// <summary>Ends the login and says where to go.</summary>
    public async Task<string> CompleteAsync(HttpContext context, LoginFlow flow, User user)
    {
        if (await HinderAsync(context, flow, user) is { } elsewhere)
        {
            return elsewhere;
        }

        // The same form sent twice signs in once; the second answer leads to the same place.
        if (!await transactions.CompleteAsync(tenant.Id, flow, context.RequestAborted))
        {
            return flow.Transaction.Return;
        }

        // What is carried over from the session before lives no longer by it.
        var carries = flow.Held is { } held && held.Factors.Any(flow.Factors.Contains);
        if (!await SignInAsync(context, user, flow.Factors, carries ? flow.Held!.AbsoluteExpiresAt : null) || !EmailAddress.TryParse(user.Email, out var email))
        {
            return flow.Transaction.Return;
        }

        // Before this browser is known by what it has just shown.
        if (flow.Transaction.Proved.Any(static factor => (factor.Kinds & ~FactorKinds.Knowledge) != FactorKinds.None))
        {
            await SecondStepShownAsync(context, user, email);
        }

        browsers.Remember(context, tenant.Id, email, flow.Transaction.Proved);
        marks.Trust(context, tenant.Id, user.UserId);
        foreach (var something in afterwards)
        {
            if (await something.FindAsync(context, flow, user) is { } address)
            {
                return address;
            }
        }

        return flow.Transaction.Return;
    }

    /// <summary>Where a login whose user has proved all that the account has leads in place of going on; null to go on. Asked before anything is set up, replaced or
    /// agreed to in the account's name too: a second step that a thief sets up must not be what lets them in, nor a password that they choose in place of a leaked one.</summary>
    public async Task<string?> HinderAsync(HttpContext context, LoginFlow flow, User user)
    {
        foreach (var guard in guards)
        {
            if (await guard.CheckAsync(context, flow, user) is { } page)
            {
                // What was proved is kept, so that the page can lead back.
                var kept = await transactions.UpdateAsync(context, tenant.Id, flow, flow.Transaction, context.RequestAborted);
                return LoginAddress.With(page, kept ?? flow);
            }
        }

        return null;
    }

    // Who shows a second step has not lost it, whoever said so; and nobody waits at the others for what somebody else guessed (I2).
    private async Task SecondStepShownAsync(HttpContext context, User user, EmailAddress email)
    {
        foreach (var method in methods.Where(static method => !method.IsFirst))
        {
            await attempts.RelieveAsync(context, tenant.Id, email, method.Name, CancellationToken.None);
        }

        if (await resets.CancelAsync(tenant.Id, user.UserId, CancellationToken.None))
        {
            await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.SecondStepResetCancelled, user.UserId), CancellationToken.None);
        }
    }

    /// <summary>Begins a session in place of the browser's; false when the user was shut out or got a new password meanwhile.</summary>
    public async Task<bool> SignInAsync(HttpContext context, User user, ImmutableArray<AuthenticationFactor> factors, DateTimeOffset? notAfter = null)
    {
        var entitlements = await users.EntitlementsAsync(user, context.RequestAborted);
        var agent = context.Request.Headers.UserAgent.ToString();
        // What an identity provider vouched for lasts no longer than its session there.
        var ends = factors.Select(static factor => factor.Upstream?.EndsAt).Append(notAfter).Min();
        var session = await signIn.SignInAsync(context, new NewSession(
            tenant.Id,
            user.UserId,
            SessionProfile.Of(user, entitlements, await claims.ReadAsync(directory, user, context.RequestAborted)),
            factors,
            agent.Length > MaxUserAgent ? agent[..MaxUserAgent] : agent,
            context.Connection.RemoteIpAddress?.ToString())
        {
            NotAfter = ends,

            // Who proves more in a live session has signed in as they had: neither more nor less unusually.
            Risk = context.Features.Get<JudgedRisk>()?.Level ?? (context.Features.Get<SessionFeature>()?.Session is { } before && before.User == user.UserId ? before.Risk : SignInRisk.None),
        });

        // B11: hashing takes long enough to be shut out, or to choose a new password, beside it. Asked after the session is stored:
        // whoever changes the user from here on finds the session and ends it.
        if (!await users.IsStillAsync(user, CancellationToken.None))
        {
            await signIn.TakeBackAsync(context, session);
            LoginLog.TakenBack(logger, user.UserId.ToString());
            return false;
        }

        await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.SignedIn, user.UserId, Detail: string.Join(' ', session.Amr)) { Session = session.Id.Value }, context.RequestAborted);
        LoginLog.SignedIn(logger, user.UserId.ToString());
        foreach (var listener in listeners)
        {
            await listener.SignedInAsync(context, user, session);
        }

        return true;
    }
}
