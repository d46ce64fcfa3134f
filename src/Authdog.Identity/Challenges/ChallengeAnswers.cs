using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Challenges;

/// <summary>Judges what a client sends back for its challenge: work, the provider's answer, or a code from a mail. Each challenge is passed once.</summary>
internal sealed class ChallengeAnswers(
    ChallengeSeal seal,
    ChallengeCodes codes,
    ExternalChallenge external,
    CounterStore counters,
    PageLanguage language,
    ChallengeMetrics metrics,
    AuditLog audit,
    IOptions<ChallengeOptions> options,
    IOptions<ExternalOptions> provider,
    ILogger<ChallengeAnswers> logger)
{
    public async Task<ChallengeAnswer> JudgeAsync(HttpContext context, TenantId tenant, IFormCollection form, CancellationToken cancellationToken)
    {
        // Changed, too old, another client's, another tenant's: one answer for all.
        if (seal.Open(context, tenant, form[ChallengeFields.Challenge]) is not { } challenge)
        {
            ChallengesLog.Refused(logger, "not this client's, or over");
            return new ChallengeAnswer.Refused(string.Empty, "Challenge.Over");
        }

        if (form.ContainsKey(ChallengeFields.Send))
        {
            return await SendAsync(context, tenant, challenge, form, cancellationToken);
        }

        var (means, refused) = form.ContainsKey(ChallengeFields.Code) ? ("code", await CodeAsync(tenant, challenge, form, cancellationToken))
            : challenge.Bits == 0 ? ("external", await ExternalAsync(context, form, cancellationToken))
            : ("work", ProofOfWork.Verify(challenge.Id, form[ChallengeFields.Work], challenge.Bits) ? null : new ChallengeAnswer.Refused(string.Empty, "Challenge.Wrong"));

        // Used up after it was judged, so that a wrong number does not spoil the right one; of two with the right one, one passes.
        if (refused is null && await counters.IncrementAsync(tenant, "challenge-used", challenge.Id, options.Value.Lifetime, cancellationToken) > 1)
        {
            refused = new ChallengeAnswer.Refused(string.Empty, "Challenge.Over");
        }

        if (refused is { ProviderIsAway: true })
        {
            await audit.WriteSampledAsync(new AuditEvent(tenant, AuditEventKind.ChallengeProviderFailed, Detail: provider.Value.Provider.ToString()), string.Empty, cancellationToken);
        }

        metrics.Answered(means, refused is null);
        if (refused is not null)
        {
            ChallengesLog.Refused(logger, $"{means}: {refused.Text}");
            return refused;
        }

        ChallengesLog.Passed(logger, means);
        return new ChallengeAnswer.Passed(challenge);
    }

    private async Task<ChallengeAnswer> SendAsync(HttpContext context, TenantId tenant, Challenge challenge, IFormCollection form, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(form[ChallengeFields.Email], out var email))
        {
            return new ChallengeAnswer.Refused(ChallengeFields.Email, "Email.Invalid");
        }

        return await codes.SendAsync(tenant, challenge, email, ClientNetwork.Of(context.Connection.RemoteIpAddress), language.Choose(context).Language, cancellationToken)
            ? new ChallengeAnswer.CodeSent(email.Value)
            : new ChallengeAnswer.Refused(ChallengeFields.Email, "Challenge.TooManyMessages");
    }

    private async Task<ChallengeAnswer.Refused?> CodeAsync(TenantId tenant, Challenge challenge, IFormCollection form, CancellationToken cancellationToken) =>
        await codes.TakeAsync(tenant, challenge, form[ChallengeFields.Code], cancellationToken) ? null : new ChallengeAnswer.Refused(ChallengeFields.Code, "EmailCode.Wrong");

    private async Task<ChallengeAnswer.Refused?> ExternalAsync(HttpContext context, IFormCollection form, CancellationToken cancellationToken) =>
        external.IsConfigured
            ? await external.VerifyAsync(context, form, cancellationToken) switch
            {
                ExternalVerdict.Passed => null,
                ExternalVerdict.Unavailable => new ChallengeAnswer.Refused(string.Empty, "Challenge.ProviderAway") { ProviderIsAway = true },
                _ => new ChallengeAnswer.Refused(string.Empty, "Challenge.Wrong"),
            }
            : new ChallengeAnswer.Refused(string.Empty, "Challenge.Over");
}
