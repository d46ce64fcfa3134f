using System.Net;

namespace Authdog.Gateway.ForwardAuth;

internal static partial class ForwardAuthLog
{
    [LoggerMessage(1800, LogLevel.Warning, "Decision refused to a caller at {CallerAddress}: wrong or missing {Lack}", EventName = "CallerRefused")]
    public static partial void CallerRefused(this ILogger logger, IPAddress? callerAddress, string lack);

    [LoggerMessage(1801, LogLevel.Warning, "The proxy at {CallerAddress} does not describe its request: {Part} missing, repeated or malformed", EventName = "RequestNotDescribed")]
    public static partial void RequestNotDescribed(this ILogger logger, IPAddress? callerAddress, string part);

    [LoggerMessage(1802, LogLevel.Warning, "Decisions unavailable: {Reason}", EventName = "DecisionUnavailable")]
    public static partial void DecisionUnavailable(this ILogger logger, string reason);

    [LoggerMessage(1803, LogLevel.Error, "Decision failed: request denied", EventName = "DecisionFailed")]
    public static partial void DecisionFailed(this ILogger logger, Exception exception);
}
