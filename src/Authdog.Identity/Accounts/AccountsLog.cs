using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Accounts;

/// <summary>What the log says of self-service: ids only.</summary>
internal static partial class AccountsLog
{
    [LoggerMessage(3200, LogLevel.Information, "User {UserId} changed the password; all other sessions are ended", EventName = "PasswordChanged")]
    public static partial void PasswordChanged(ILogger logger, string userId);
}
