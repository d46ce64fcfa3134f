using System.Collections.Immutable;
using System.Globalization;
using Authdog.Identity.Audit;
using Authdog.Identity.Login;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Mfa;

/// <summary>Proves the possession of the printed recovery codes, beside a first factor, when nothing better is at hand. To RFC 8176 each is a one-time password (<c>otp</c>).</summary>
internal sealed class RecoveryCodeMethod(
    RecoveryCodes codes,
    SecondFactorTries tries,
    SecurityNotices notices,
    AuditLog audit,
    PageRenderer pages,
    TimeProvider time,
    ILogger<RecoveryCodeMethod> logger) : IAuthenticationMethod
{
    internal const string MethodName = "recovery-code";

    public string Name => MethodName;

    public int Rank => 90;

    public FactorKinds Kinds => FactorKinds.Possession;

    public ImmutableArray<string> Amr => ["otp"];

    public bool IsFirst => false;

    public async ValueTask<MethodAvailability> AvailabilityAsync(LoginFlow flow, User? user, CancellationToken cancellationToken) =>
        user is not null && await codes.LeftAsync(user, cancellationToken) > 0 ? MethodAvailability.Ready : MethodAvailability.None;

    // Codes are a way around a second step that is lost, and none by themselves.
    public ValueTask<bool> ProtectsAsync(User user, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    public Task<IResult> StartAsync(HttpContext context, LoginStep current, LoginProof.Refused? refusal)
    {
        var problems = refusal is null ? FormErrors.None : FormErrors.Of(refusal.Field, pages.Texts(context)[refusal.Text]);
        return Task.FromResult(pages.Page<RecoveryCodePage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Step", current),
            ("Errors", problems)));
    }

    public async Task<LoginProof> ProveAsync(HttpContext context, LoginStep current, IFormCollection form, CancellationToken cancellationToken)
    {
        var user = current.User!;
        if (await tries.BeginAsync(context, user, Name, cancellationToken) is { } throttled)
        {
            return throttled;
        }

        if (!await codes.TakeAsync(user, form["code"], cancellationToken))
        {
            await tries.FailedAsync(context, user, Name, cancellationToken);
            return new LoginProof.Refused("code", "RecoveryCode.Wrong");
        }

        // Used up: from here on nothing stops half-way because a browser went away.
        await tries.SucceededAsync(context, user, Name, CancellationToken.None);
        var left = await codes.LeftAsync(user, CancellationToken.None);
        var count = left.ToString(CultureInfo.InvariantCulture);
        await audit.WriteAsync(new AuditEvent(user.TenantId, AuditEventKind.RecoveryCodeUsed, user.UserId, Detail: count), CancellationToken.None);
        await notices.SendAsync(context, user, new SecurityNotice("Notice.RecoveryCodeUsed"));
        MfaLog.RecoveryCodeUsed(logger, user.UserId.ToString(), left);
        AuthenticationFactor factor = new() { Method = Name, Amr = Amr, Kinds = Kinds, ProvedAt = time.GetUtcNow() };
        return new LoginProof.Proved(user, factor)
        {
            Show = left > RecoveryCodes.Few ? null : next => pages.Page<FewRecoveryCodesPage>(context, StatusCodes.Status200OK, ("Left", left), ("Next", next)),
        };
    }

    public Task ResetAsync(User user, CancellationToken cancellationToken) => codes.RemoveAllAsync(user, cancellationToken);
}
