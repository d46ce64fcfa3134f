using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Access;

internal static partial class AccessLog
{
    [LoggerMessage(1200, LogLevel.Information, "Access {Outcome} ({Reason}) on route {Route} by policy {Policy}, rule {Rule}, session {Session}: decision {AnswerId}", EventName = "AccessRefused")]
    public static partial void AccessRefused(this ILogger logger, AccessOutcome outcome, AccessReason reason, string? route, string policy, string? rule, string? session, string answerId);

    [LoggerMessage(1201, LogLevel.Warning, "Session store unavailable on route {Route}: request denied, decision {AnswerId}", EventName = "AccessUnknown")]
    public static partial void AccessUnknown(this ILogger logger, string? route, string answerId);

    [LoggerMessage(1204, LogLevel.Information, "Bot score {Score} ({Signals}): decision {AnswerId}", EventName = "AccessBotScore")]
    public static partial void BotScored(this ILogger logger, int score, string signals, string answerId);

    [LoggerMessage(1202, LogLevel.Error, "No decision on route {Route}: request denied, decision {AnswerId}", EventName = "AccessUndecided")]
    public static partial void AccessUndecided(this ILogger logger, string? route, string answerId);

    [LoggerMessage(1205, LogLevel.Error, "A refusal could not be written to the audit log (decision {DecisionId}); it stands", EventName = "AccessNotAudited")]
    public static partial void AccessNotAudited(this ILogger logger, string decisionId, Exception exception);
}
