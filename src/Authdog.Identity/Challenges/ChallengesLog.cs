using Authdog.Identity.Attacks;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Challenges;

/// <summary>What the log says of challenges.</summary>
internal static partial class ChallengesLog
{
    [LoggerMessage(6800, LogLevel.Information, "{Ceremony} asks for a challenge ({Level}): bot score {Score} ({Signals}), attack level {Attack}", EventName = "ChallengeAsked")]
    public static partial void Asked(ILogger logger, string ceremony, ChallengeLevel level, int score, string signals, ChallengeLevel attack);

    [LoggerMessage(6801, LogLevel.Information, "A challenge was passed by {Means}", EventName = "ChallengePassed")]
    public static partial void Passed(ILogger logger, string means);

    [LoggerMessage(6802, LogLevel.Warning, "{Provider} could not verify a challenge ({Reason}); more work is asked for in its place", EventName = "ChallengeProviderFailed")]
    public static partial void ProviderFailed(ILogger logger, ExternalProvider provider, string reason);

    [LoggerMessage(6803, LogLevel.Information, "An answer to a challenge was refused: {Reason}", EventName = "ChallengeAnswerRefused")]
    public static partial void Refused(ILogger logger, string reason);
}
