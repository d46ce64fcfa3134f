using System.Collections.Immutable;
using Authdog.Identity.Admission;
using Authdog.Identity.Attacks;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords.Breaches;
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
    AdmissionGate gate,
    AttackWatch attacks,
    WaitingRoom room,
    AuditLog audit,
    LeakedPasswords leaked,
    LeakFound leakFound,
    CurrentTenant tenant,
    PageRenderer pages,
    TimeProvider time) : IAuthenticationMethod
{
    public string Name => "password";

    public int Rank => 20;

    public FactorKinds Kinds => FactorKinds.Knowledge;

    public ImmutableArray<string> Amr => ["pwd"];

    public bool IsFirst => true;

    // Whoever is known by other means may have no password; of an address alone nobody learns that.
    public ValueTask<MethodAvailability> AvailabilityAsync(LoginFlow flow, User? user, CancellationToken cancellationToken) =>
        ValueTask.FromResult(user is { PasswordHash: null } ? MethodAvailability.None : MethodAvailability.Ready);

    public ValueTask<bool> LetsInAsync(User user, CancellationToken cancellationToken) => ValueTask.FromResult(user.PasswordHash is not null);

    public ValueTask<bool> ProtectsAsync(User user, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    public async Task<IResult> StartAsync(HttpContext context, LoginStep current, LoginProof.Refused? refusal)
    {
        // Nobody types a password that finds no room.
        if (refusal is null && gate.MustWait(context) && !await attacks.IsTrustedAsync(context, tenant.Id, context.RequestAborted))
        {
            return await WaitAsync(context, current);
        }

        var problems = refusal is null ? FormErrors.None : FormErrors.Of(refusal.Field, pages.Texts(context)[refusal.Text]);
        return pages.Page<PasswordPage>(
            context,
            refusal is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            ("Step", current),
            ("Errors", problems));
    }

    public async Task<LoginProof> ProveAsync(HttpContext context, LoginStep current, IFormCollection form, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(current.Flow.Transaction.Email, out var email) || form["password"].ToString() is not { Length: > 0 } password)
        {
            return new LoginProof.Refused("password", "Password.Missing");
        }

        if (await attempts.BeginAsync(context, tenant.Id, email, cancellationToken) is { } wait)
        {
            return new LoginProof.Throttled(wait);
        }

        // A rush keeps nobody from an account in the browser that its owner always uses.
        if (await attacks.IsTrustedAsync(context, tenant.Id, cancellationToken))
        {
            AdmissionGate.Prefer(context);
        }

        var user = await users.FindByEmailAsync(email, cancellationToken);
        var client = LoginAttempts.Network(context.Connection.RemoteIpAddress);
        PasswordVerification verification;
        try
        {
            verification = await hashing.VerifyAsync(user?.PasswordHash, password, client, cancellationToken);
        }
        catch (HashingBusyException) when (room.IsOpen)
        {
            await attempts.NotJudgedAsync(context, tenant.Id, email, cancellationToken);
            return new LoginProof.Continues(await WaitAsync(context, current));
        }

        if (verification is PasswordVerification.Failed || user is not { Disabled: false, EmailConfirmed: true })
        {
            await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.SignInFailed, user?.UserId, Detail: Name), cancellationToken);
            return new LoginProof.Refused("password", "Password.Wrong");
        }

        if (verification is PasswordVerification.SucceededRehashNeeded)
        {
            await users.RehashPasswordAsync(user, await hashing.HashAsync(password, client, cancellationToken), cancellationToken);
        }

        await attempts.SucceededAsync(context, tenant.Id, email, cancellationToken);

        return new LoginProof.Proved(user, AuthenticationFactor.Password(time.GetUtcNow())) { LeakedPassword = await IsLeakedAsync(context, user, password, cancellationToken) };
    }

    // Asked only of who knows it, so that the look-up tells nobody anything; and not again while it waits to be replaced.
    private async Task<bool> IsLeakedAsync(HttpContext context, User user, string password, CancellationToken cancellationToken)
    {
        if (user.PasswordLeakedAt is not null)
        {
            return true;
        }

        if (leaked.AtSignIn is LeakedPasswordTreatment.None || !await leaked.ContainAsync(tenant.Id, password, cancellationToken))
        {
            return false;
        }

        await leakFound.Handle(context, user);
        return true;
    }

    // A passkey goes on without waiting.
    private Task<IResult> WaitAsync(HttpContext context, LoginStep current) =>
        room.JoinAsync(context, LoginAddress.By(current.Flow, Name), current.HasOthers ? LoginAddress.Choice(current.Flow) : null);
}
