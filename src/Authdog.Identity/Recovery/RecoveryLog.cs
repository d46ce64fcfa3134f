using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Recovery;

/// <summary>What the log says of recoveries: ids only.</summary>
internal static partial class RecoveryLog
{
    [LoggerMessage(3100, LogLevel.Information, "User {UserId} has set a new password by mail; every session is ended", EventName = "Recovered")]
    public static partial void Recovered(ILogger logger, string userId);
}
