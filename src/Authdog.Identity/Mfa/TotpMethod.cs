using System.Collections.Immutable;
using Authdog.Identity.Login;
using Authdog.Identity.Mfa.Policies;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Mfa;

/// <summary>Proves the possession of an authenticator app, beside a first factor.</summary>
internal sealed class TotpMethod(
    Authenticators authenticators,
    AuthenticatorSetup setup,
    SecondFactorTries tries,
    MfaPolicy policy,
    UserDirectory users,
    PageRenderer pages,
    TimeProvider time) : IAuthenticationMethod
{
    internal const string MethodName = "totp";

    public string Name => MethodName;

    public int Rank => 40;

    public FactorKinds Kinds => FactorKinds.Possession;

    public ImmutableArray<string> Amr => ["otp"];

    public bool IsFirst => false;

    public async ValueTask<MethodAvailability> AvailabilityAsync(LoginFlow flow, User? user, CancellationToken cancellationToken)
    {
        if (user is null)
        {
            return MethodAvailability.None;
        }

        if (await authenticators.AnyAsync(user, cancellationToken))
        {
            return MethodAvailability.Ready;
        }

        return policy.For(user, policy.ConcernsRoles ? await users.RolesAsync(user, cancellationToken) : []).Offered ? MethodAvailability.Enrollable : MethodAvailability.None;
    }

    public async ValueTask<bool> ProtectsAsync(User user, CancellationToken cancellationToken) => await authenticators.AnyAsync(user, cancellationToken);

    public async Task<IResult> StartAsync(HttpContext context, LoginStep current, LoginProof.Refused? refusal)
    {
        var problems = refusal is null ? FormErrors.None : FormErrors.Of(refusal.Field, pages.Texts(context)[refusal.Text]);
        return current.Enrolling
            ? await setup.ShowAsync(context, current.User!, current.Flow, problems)
            : pages.Page<AuthenticatorCodePage>(
                context,
                problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
                ("Step", current),
                ("Errors", problems));
    }

    public async Task<LoginProof> ProveAsync(HttpContext context, LoginStep current, IFormCollection form, CancellationToken cancellationToken)
    {
        var user = current.User!;
        if (current.Enrolling)
        {
            return await EnrolAsync(context, user, cancellationToken);
        }

        if (Totp.Normalize(form["code"]) is not { } code)
        {
            return new LoginProof.Refused("code", "Authenticator.Missing");
        }

        if (await tries.BeginAsync(context, user, Name, cancellationToken) is { } throttled)
        {
            return throttled;
        }

        if (!await authenticators.TakeAsync(user, code, cancellationToken))
        {
            await tries.FailedAsync(context, user, Name, cancellationToken);
            return new LoginProof.Refused("code", "Authenticator.Wrong");
        }

        await tries.SucceededAsync(context, user, Name, CancellationToken.None);
        return new LoginProof.Proved(user, Factor());
    }

    public Task ResetAsync(User user, CancellationToken cancellationToken) => authenticators.RemoveAllAsync(user, cancellationToken);

    private async Task<LoginProof> EnrolAsync(HttpContext context, User user, CancellationToken cancellationToken) =>
        await setup.ConfirmAsync(context, user, cancellationToken) switch
        {
            AuthenticatorSetupResult.Added { Codes: var codes } => new LoginProof.Proved(user, Factor())
            {
                Show = codes.Count == 0 ? null : next => pages.Page<RecoveryCodesShownPage>(context, StatusCodes.Status200OK, ("Codes", codes), ("Next", next)),
            },
            AuthenticatorSetupResult.Throttled { Wait: var wait } => wait,
            AuthenticatorSetupResult.Refused refused => new LoginProof.Refused(refused.Field, refused.Text),
            _ => new LoginProof.Refused("code", "Authenticator.SetupWrong"),
        };

    private AuthenticationFactor Factor() => new() { Method = Name, Amr = Amr, Kinds = Kinds, ProvedAt = time.GetUtcNow() };
}
