namespace Authdog.Gateway.Access.Recording;

internal static partial class RecordingLog
{
    [LoggerMessage(1240, LogLevel.Warning, "{Count} decisions could not be recorded (said at most once a minute)", EventName = "DecisionsLost")]
    public static partial void DecisionsLost(this ILogger logger, Exception? exception, long count);
}
