using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Recovery;

/// <summary>What the log says of recoveries: ids only.</summary>
internal static partial class RecoveryLog
{
    [LoggerMessage(3100, LogLevel.Information, "User {UserId} has set a new password by mail; every session is ended", EventName = "Recovered")]
    public static partial void Recovered(ILogger logger, string userId);

    [LoggerMessage(3101, LogLevel.Warning, "User {UserId} says that the second step is lost; it can be removed from {ReleaseAt} on", EventName = "SecondStepResetRequested")]
    public static partial void SecondStepResetRequested(ILogger logger, string userId, DateTimeOffset releaseAt);

    [LoggerMessage(3102, LogLevel.Warning, "The second step of user {UserId} is removed after the wait; every session is ended", EventName = "SecondStepReset")]
    public static partial void SecondStepReset(ILogger logger, string userId);
}
