namespace Authdog.Gateway.Diagnostics;

/// <summary>Messages of the access log. Paths are logged without their query, which may carry links' secrets.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(1400, LogLevel.Information, "{Method} {Host}{Path} {Status} in {Milliseconds} ms (access {Outcome}, route {Route}, client {Client}, trace {TraceId})", EventName = "Request")]
    public static partial void Request(ILogger logger, string method, string host, string path, int status, double milliseconds, string? outcome, string? route, string? client, string? traceId);
}
