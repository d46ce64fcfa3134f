using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Notices.NotMe;

/// <summary>What the log says of "this wasn't me": ids only.</summary>
internal static partial class NotMeLog
{
    [LoggerMessage(4600, LogLevel.Warning, "User {UserId} says that a change was not theirs; every session and the password are ended", EventName = "ReportedNotMe")]
    public static partial void Reported(ILogger logger, string userId);
}
