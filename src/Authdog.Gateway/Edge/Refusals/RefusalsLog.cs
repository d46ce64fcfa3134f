namespace Authdog.Gateway.Edge.Refusals;

internal static partial class RefusalsLog
{
    [LoggerMessage(1080, LogLevel.Information, "Request refused by the server ({Status}: {Reason}), from {ClientAddress}, answer {AnswerId}", EventName = "RefusedByServer")]
    public static partial void RefusedByServer(this ILogger logger, int status, string reason, System.Net.IPAddress? clientAddress, string answerId);
}
