using Authdog.Identity.Attacks;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>Takes what a method has proved into the login, and leads on: to the next step, or back to where the person wanted to go, with a new session.</summary>
internal sealed class LoginProofs(
    LoginTransactions transactions,
    LoginSteps steps,
    LoginCompletion completion,
    UserDirectory users,
    AttackWatch attacks,
    CurrentTenant tenant,
    PageRenderer pages)
{
    private const int Tries = 5;

    /// <summary>Accepts a proof in a login. One of another user than the login's, or than the live session's that it builds on, is refused.</summary>
    public async Task<IResult> AcceptAsync(HttpContext context, LoginFlow flow, LoginProof.Proved proved)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (flow.User is { } user && user != proved.User.UserId)
            {
                return OtherAccount(context, flow);
            }

            // Nothing that somebody else did in this login counts for this user.
            var own = flow.User is null ? flow.Transaction.Forgotten() : flow.Transaction;
            var changed = own with
            {
                User = proved.User.Id,
                Email = proved.User.Email,
                Stamp = own.Proved.IsEmpty ? proved.User.SecurityStamp : own.Stamp,
                Proved = Assurance.With(own.Proved, proved.Factor),
                LeakedPassword = own.LeakedPassword || proved.LeakedPassword,
            };
            var after = flow with { Transaction = changed, Held = flow.Held?.User == proved.User.UserId ? flow.Held : null };
            if (IsStill(after, proved.User) && await steps.NextAsync(after, proved.User, context.RequestAborted) is LoginNext.Complete)
            {
                await attacks.SucceededAsync(tenant.Id, proved.User.UserId, context.RequestAborted);
                return Onward(proved, await completion.CompleteAsync(context, after, proved.User));
            }

            if (await transactions.UpdateAsync(context, tenant.Id, flow, changed, context.RequestAborted) is { } written)
            {
                return Onward(proved, LoginAddress.Of(written));
            }

            // Changed by another tab at the same moment. What was proved must not be lost: a code works only once.
            if (attempt == Tries || await transactions.FindAsync(context, tenant.Id, flow.Id, context.RequestAborted) is not { } current)
            {
                return new SeeOther(LoginAddress.Of(flow));
            }

            flow = current;
        }
    }

    /// <summary>A try failed, by whatever method. <see cref="LoginCeremony"/> says so for each method that judges a post; one with an endpoint of its own says so itself.</summary>
    public Task RefusedAsync(HttpContext context, LoginStep step, IAuthenticationMethod method) => step.Enrolling
        ? Task.CompletedTask
        : attacks.FailedAsync(context, tenant.Id, EmailAddress.TryParse(step.Flow.Transaction.Email, out var email) ? email.Normalized : null, method.Name, context.RequestAborted);

    /// <summary>The login's user as the directory has them now; null when none is known, or when they were shut out or got a new password since they proved something (B11).</summary>
    public async Task<User?> UserAsync(LoginFlow flow, CancellationToken cancellationToken) =>
        flow.User is { } id && await users.FindAsync(id, cancellationToken) is { } user && IsStill(flow, user) ? user : null;

    private static IResult Onward(LoginProof.Proved proved, string address) => proved.Show?.Invoke(address) ?? new SeeOther(address);

    private static bool IsStill(LoginFlow flow, User user) => !user.Disabled && (flow.Transaction.Stamp is not { } stamp || stamp == user.SecurityStamp);

    private IResult OtherAccount(HttpContext context, LoginFlow flow)
    {
        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(
            context,
            StatusCodes.Status403Forbidden,
            ("Title", texts["Login.OtherAccountTitle"]),
            ("Text", texts.Format("Login.OtherAccountText", flow.Transaction.Email)),
            ("LinkAddress", LoginAddress.Of(flow)),
            ("LinkText", texts["Login.Continue"]));
    }
}
