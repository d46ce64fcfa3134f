using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Notices;

/// <summary>What the log says of notices: ids only.</summary>
internal static partial class NoticesLog
{
    [LoggerMessage(4600, LogLevel.Warning, "User {UserId} says that a change was not theirs; every session and the password are ended", EventName = "ReportedNotMe")]
    public static partial void NotMe(ILogger logger, string userId);
}
