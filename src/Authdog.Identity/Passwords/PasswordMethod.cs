using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Passwords;

/// <summary>Signs in by password. Whether the account is missing, unverified, shut out or the password wrong: same answer after the same work (I1).</summary>
internal sealed class PasswordMethod(
    UserDirectory users,
    PasswordHashing hashing,
    LoginAttempts attempts,
    AuditLog audit,
    CurrentTenant tenant,
    PageRenderer pages,
    TimeProvider time) : IAuthenticationMethod
{
    public string Name => "password";

    public string Acr => "aal1";

    public ValueTask<bool> IsAvailableAsync(LoginTransaction transaction, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public IResult Start(HttpContext context, LoginFlow flow, LoginProof.Refused? refusal)
    {
        var problems = refusal is null ? FormErrors.None : FormErrors.Of(refusal.Field, pages.Texts(context)[refusal.Text]);
        return pages.Page<PasswordPage>(
            context,
            refusal is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            ("Flow", flow),
            ("Errors", problems));
    }

    public async Task<LoginProof> ProveAsync(HttpContext context, LoginFlow flow, IFormCollection form, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(flow.Transaction.Email, out var email) || form["password"].ToString() is not { Length: > 0 } password)
        {
            return new LoginProof.Refused("password", "Password.Missing");
        }

        if (await attempts.BeginAsync(context, tenant.Id, email, cancellationToken) is { } wait)
        {
            return new LoginProof.Throttled(wait);
        }

        var user = await users.FindByEmailAsync(email, cancellationToken);
        var client = LoginAttempts.Network(context.Connection.RemoteIpAddress);
        var verification = await hashing.VerifyAsync(user?.PasswordHash, password, client, cancellationToken);
        if (verification is PasswordVerification.Failed || user is not { Disabled: false, EmailConfirmed: true })
        {
            await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.SignInFailed, user?.UserId), cancellationToken);
            return new LoginProof.Refused("password", "Password.Wrong");
        }

        if (verification is PasswordVerification.SucceededRehashNeeded)
        {
            await users.RehashPasswordAsync(user, await hashing.HashAsync(password, client, cancellationToken), cancellationToken);
        }

        await attempts.SucceededAsync(context, tenant.Id, email, cancellationToken);
        return new LoginProof.Proved(user, AuthenticationFactor.Password(time.GetUtcNow()));
    }
}
