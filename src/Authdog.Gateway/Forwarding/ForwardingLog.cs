using Yarp.ReverseProxy.Forwarder;

namespace Authdog.Gateway.Forwarding;

internal static partial class ForwardingLog
{
    [LoggerMessage(1300, LogLevel.Warning, "Forwarding failed ({Error}) on route {Route}, answer {AnswerId}", EventName = "ForwardingFailed")]
    public static partial void ForwardingFailed(this ILogger logger, Exception? exception, ForwarderError error, string route, string answerId);
}
