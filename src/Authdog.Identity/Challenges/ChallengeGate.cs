using Authdog.Identity.Attacks;
using Authdog.Identity.Bots;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Challenges;

/// <summary>Says what a client has to show before its form is taken: by attacks that go on, by what the request looks like, and by what the operator always asks for.</summary>
internal sealed class ChallengeGate(
    AttackWatch attacks,
    BotScoring scoring,
    FormTraps traps,
    ChallengePasses passes,
    CounterStore counters,
    ExternalChallenge external,
    ChallengeMetrics metrics,
    IOptions<ChallengeOptions> options,
    IOptions<SignalOptions> signals,
    ILogger<ChallengeGate> logger)
{
    private const int ManySignUps = 30;
    private const int HighScore = 95;
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <summary>What is asked of a posted form; <see cref="ChallengeLevel.None"/> when it is to be taken as it is, a pass that counts included.</summary>
    public async Task<ChallengeDemand> DemandAsync(HttpContext context, TenantId tenant, string ceremony, string? account, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return ChallengeDemand.None;
        }

        var attack = IsOwn(context, account) ? ChallengeLevel.None : await attacks.LevelAsync(context, tenant, account, cancellationToken);
        var score = scoring.ScoreOf(context).With([.. traps.Signals(context.Request.Form), .. await VelocityAsync(context, tenant, ceremony, cancellationToken)]);
        var level = Highest(attack, ByScore(score.Value), options.Value.Always.Contains(ceremony) ? ChallengeLevel.Work : ChallengeLevel.None);
        if (level is ChallengeLevel.None || (level is not ChallengeLevel.Refusal && await HasPassAsync(context, tenant, level, cancellationToken)))
        {
            return ChallengeDemand.None;
        }

        ChallengesLog.Asked(logger, ceremony, level, score.Value, score.Describe(), attack);
        metrics.Asked(ceremony, level);
        return new ChallengeDemand(level, Bits(level, score.Value, attack));
    }

    /// <summary>What a route's policy asks of a client that has to solve a challenge.</summary>
    public ChallengeDemand ForRoute(HttpContext context)
    {
        var score = scoring.ScoreOf(context);
        var level = Highest(ChallengeLevel.Work, external.IsConfigured && score.Value >= options.Value.ScoreForExternal ? ChallengeLevel.External : ChallengeLevel.None);
        return new ChallengeDemand(level, Bits(level, score.Value, ChallengeLevel.None));
    }

    // Who has a live session is no stranger at their own account. At another's they are.
    private static bool IsOwn(HttpContext context, string? account) =>
        account is not null
        && context.Features.Get<SessionFeature>()?.Session is { } session
        && EmailAddress.TryParse(session.Email, out var own)
        && own.Normalized == account;

    private async Task<bool> HasPassAsync(HttpContext context, TenantId tenant, ChallengeLevel level, CancellationToken cancellationToken) =>
        passes.Find(context, tenant) is { } pass
        && pass.Level >= level
        && await counters.IncrementAsync(tenant, "challenge-forms", pass.Id, options.Value.PassLifetime, cancellationToken) <= options.Value.FormsPerPass;

    private async Task<IReadOnlyList<BotSignal>> VelocityAsync(HttpContext context, TenantId tenant, string ceremony, CancellationToken cancellationToken) =>
        ceremony == "sign-up"
        && signals.Value.SignUpVelocity != 0
        && await counters.IncrementAsync(tenant, "sign-up-velocity", ClientNetwork.Of(context.Connection.RemoteIpAddress), s_hour, cancellationToken) > ManySignUps
            ? [new BotSignal("sign-up-velocity", signals.Value.SignUpVelocity)]
            : [];

    private ChallengeLevel ByScore(int score) =>
        score >= options.Value.ScoreForRefusal ? ChallengeLevel.Refusal
        : score >= options.Value.ScoreForExternal ? ChallengeLevel.External
        : score >= options.Value.ScoreForWork ? ChallengeLevel.Work
        : ChallengeLevel.None;

    // 0 where the provider's widget takes the place of work.
    private int Bits(ChallengeLevel level, int score, ChallengeLevel attack)
    {
        if (level is ChallengeLevel.External && external.IsConfigured)
        {
            return 0;
        }

        return options.Value.WorkBits + (level is ChallengeLevel.External ? 2 : 0) + (attack >= ChallengeLevel.External ? 1 : 0) + (score >= HighScore ? 1 : 0);
    }

    private static ChallengeLevel Highest(params ReadOnlySpan<ChallengeLevel> levels)
    {
        var highest = ChallengeLevel.None;
        foreach (var level in levels)
        {
            highest = level > highest ? level : highest;
        }

        return highest;
    }
}
