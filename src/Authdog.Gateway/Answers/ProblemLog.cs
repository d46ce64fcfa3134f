namespace Authdog.Gateway.Answers;

/// <summary>Log lines of failures; each shares its id with the answer.</summary>
internal static partial class ProblemLog
{
    [LoggerMessage(900, LogLevel.Error, "Request failed, answer {AnswerId}", EventName = "RequestFailed")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string answerId);

    [LoggerMessage(901, LogLevel.Warning, "Store or queue unavailable ({Reason}), answer {AnswerId}", EventName = "RequestUnavailable")]
    public static partial void RequestUnavailable(this ILogger logger, string reason, string answerId);

    [LoggerMessage(902, LogLevel.Information, "Bad request ({Status}: {Reason}), answer {AnswerId}", EventName = "BadRequest")]
    public static partial void BadRequest(this ILogger logger, int status, string reason, string answerId);
}
