using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Accounts.Deletion;

/// <summary>What the log says of deletions: ids only.</summary>
internal static partial class DeletionLog
{
    [LoggerMessage(3220, LogLevel.Information, "User {UserId} asked to be deleted", EventName = "DeletionRequested")]
    public static partial void Requested(ILogger logger, string userId);

    [LoggerMessage(3221, LogLevel.Information, "User {UserId} keeps the account after all", EventName = "DeletionCancelled")]
    public static partial void Cancelled(ILogger logger, string userId);

    [LoggerMessage(3222, LogLevel.Information, "User {UserId} is erased", EventName = "AccountErased")]
    public static partial void Erased(ILogger logger, string userId);
}
