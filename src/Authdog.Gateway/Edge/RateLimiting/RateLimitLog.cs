namespace Authdog.Gateway.Edge.RateLimiting;

internal static partial class RateLimitLog
{
    [LoggerMessage(1090, LogLevel.Information, "Rate limit {Limit} reached by {Client} on route {Route}, session {Session}: decision {AnswerId}", EventName = "RateLimited")]
    public static partial void RateLimited(this ILogger logger, string limit, string client, string? route, string? session, string answerId);

    [LoggerMessage(1091, LogLevel.Information, "Rate limit {Limit} would have been reached by {Client} on route {Route} (dry run)", EventName = "RateLimitWouldApply")]
    public static partial void WouldLimit(this ILogger logger, string limit, string client, string? route);
}
