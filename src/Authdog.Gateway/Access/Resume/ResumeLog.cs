namespace Authdog.Gateway.Access.Resume;

internal static partial class ResumeLog
{
    [LoggerMessage(1220, LogLevel.Information, "A form to route {Route} that came before its sign-in was not kept: {Reason}", EventName = "RequestNotKept")]
    public static partial void RequestNotKept(this ILogger logger, LostReason reason, string route);

    [LoggerMessage(1221, LogLevel.Information, "A kept form is sent on to route {Route}", EventName = "RequestResumed")]
    public static partial void RequestResumed(this ILogger logger, string route);
}
