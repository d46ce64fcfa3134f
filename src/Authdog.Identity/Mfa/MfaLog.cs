using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Mfa;

/// <summary>What the log says of second factors: ids only.</summary>
internal static partial class MfaLog
{
    [LoggerMessage(5200, LogLevel.Warning, "User {UserId} showed a first factor, and a wrong second one ({Method})", EventName = "SecondFactorFailed")]
    public static partial void SecondFactorFailed(ILogger logger, string userId, string method);

    [LoggerMessage(5201, LogLevel.Information, "User {UserId} set up an authenticator app", EventName = "AuthenticatorAdded")]
    public static partial void AuthenticatorAdded(ILogger logger, string userId);

    [LoggerMessage(5202, LogLevel.Information, "User {UserId} removed an authenticator app", EventName = "AuthenticatorRemoved")]
    public static partial void AuthenticatorRemoved(ILogger logger, string userId);

    [LoggerMessage(5203, LogLevel.Information, "User {UserId} made new recovery codes", EventName = "RecoveryCodesCreated")]
    public static partial void RecoveryCodesCreated(ILogger logger, string userId);

    [LoggerMessage(5204, LogLevel.Information, "User {UserId} used a recovery code; {Left} are left", EventName = "RecoveryCodeUsed")]
    public static partial void RecoveryCodeUsed(ILogger logger, string userId, int left);
}
