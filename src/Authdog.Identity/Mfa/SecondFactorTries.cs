using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Notices;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Mfa;

/// <summary>Bounds the tries at second factors per account (I6), and tells the owner of somebody who has the first factor and not the second (OWASP ASVS 5, 6.3.5).</summary>
internal sealed class SecondFactorTries(
    LoginAttempts attempts,
    KnownBrowsers browsers,
    RateLimits rates,
    AuditLog audit,
    SecurityNotices notices,
    ILogger<SecondFactorTries> logger)
{
    // A slip of the finger in the owner's own browser is no news.
    private const int FailuresOfAKnownBrowser = 3;
    private static readonly TimeSpan s_oneNotice = TimeSpan.FromHours(1);

    /// <summary>Counts a try before it is judged; the answer when it is one too many, null to go on.</summary>
    public async Task<LoginProof.Throttled?> BeginAsync(HttpContext context, User user, string method, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(user.Email, out var email))
        {
            return new LoginProof.Throttled(TimeSpan.FromDays(1), "Throttled.Second");
        }

        return await attempts.BeginAsync(context, user.TenantId, email, method, cancellationToken) is { } wait
            ? new LoginProof.Throttled(wait, LoginAttempts.IsUntilRecovery(wait) ? "Throttled.SecondLocked" : "Throttled.Second")
            : null;
    }

    public Task SucceededAsync(HttpContext context, User user, string method, CancellationToken cancellationToken) =>
        EmailAddress.TryParse(user.Email, out var email) ? attempts.SucceededAsync(context, user.TenantId, email, method, cancellationToken) : Task.CompletedTask;

    /// <summary>Whether a row of wrong tries has ended a method: what was set up by then opens nothing any more.</summary>
    public Task<bool> IsEndedAsync(User user, string method, CancellationToken cancellationToken) =>
        EmailAddress.TryParse(user.Email, out var email) ? attempts.IsEndedAsync(user.TenantId, email, method, cancellationToken) : Task.FromResult(false);

    /// <summary>The owner has proved to be one by something as strong: the wait is over, and the row of wrong tries goes on.</summary>
    public Task RelievedAsync(HttpContext context, User user, string method, CancellationToken cancellationToken) =>
        EmailAddress.TryParse(user.Email, out var email) ? attempts.RelieveAsync(context, user.TenantId, email, method, cancellationToken) : Task.CompletedTask;

    /// <summary>The owner has replaced the secret: nothing is held against the new one.</summary>
    public Task ReplacedAsync(HttpContext context, User user, string method, CancellationToken cancellationToken) =>
        EmailAddress.TryParse(user.Email, out var email) ? attempts.ForgetAsync(context, user.TenantId, email, method, cancellationToken) : Task.CompletedTask;

    public async Task FailedAsync(HttpContext context, User user, string method, CancellationToken cancellationToken)
    {
        await audit.WriteAsync(new AuditEvent(user.TenantId, AuditEventKind.SecondFactorFailed, user.UserId, Detail: method), cancellationToken);
        MfaLog.SecondFactorFailed(logger, user.UserId.ToString(), method);
        if (!EmailAddress.TryParse(user.Email, out var email))
        {
            return;
        }

        // Counted like limits, by this node alone while the store is away: somebody is told too often rather than never.
        var subject = user.Id.ToString("N");
        var slip = new RateAsk(user.TenantId, "second-factor-failed", subject, new Rate(FailuresOfAKnownBrowser - 1, s_oneNotice));
        if (browsers.Find(context, user.TenantId, email) is not null && (await rates.TakeAsync([slip], cancellationToken)).Allowed)
        {
            return;
        }

        if ((await rates.TakeAsync([new RateAsk(user.TenantId, "second-factor-notice", subject, new Rate(1, s_oneNotice))], cancellationToken)).Allowed)
        {
            await notices.SendAsync(context, user, new SecurityNotice("Notice.SecondFactorFailed"));
        }
    }
}
