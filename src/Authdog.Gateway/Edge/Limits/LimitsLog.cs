namespace Authdog.Gateway.Edge.Limits;

internal static partial class LimitsLog
{
    [LoggerMessage(1060, LogLevel.Warning, "{Refused} connections refused since this was last said, the latest from {ClientAddress}; {Open} are open, of {Clients} clients. Bounds: Gateway:Limits:MaxConnections and MaxConnectionsPerClient", EventName = "ConnectionsRefused")]
    public static partial void ConnectionsRefused(this ILogger logger, int refused, System.Net.IPAddress? clientAddress, int open, int clients);

    [LoggerMessage(1061, LogLevel.Information, "Request refused: {Limit} exceeded, from {ClientAddress}, answer {AnswerId}", EventName = "LimitExceeded")]
    public static partial void LimitExceeded(this ILogger logger, string limit, System.Net.IPAddress? clientAddress, string answerId);
}
