using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Redis;

internal static partial class RedisLog
{
    [LoggerMessage(2600, LogLevel.Debug, "The embedded store runs in {Folder}.", EventName = "EmbeddedStoreStarted")]
    public static partial void EmbeddedStarted(ILogger logger, string folder);

    [LoggerMessage(2601, LogLevel.Warning, "The connection to the store is lost; requests that need it get 503 until it is back ({Reason}).", EventName = "StoreLost")]
    public static partial void Lost(ILogger logger, string reason);

    [LoggerMessage(2602, LogLevel.Information, "The connection to the store is back.", EventName = "StoreRestored")]
    public static partial void Restored(ILogger logger);

    [LoggerMessage(2603, LogLevel.Error, "The embedded store of another process is gone and cannot be taken over.", EventName = "EmbeddedStoreTakeOverFailed")]
    public static partial void TakeOverFailed(ILogger logger, Exception exception);

    [LoggerMessage(2604, LogLevel.Error, "The store refused a command.", EventName = "StoreRefused")]
    public static partial void Refused(ILogger logger, Exception exception);

    [LoggerMessage(2605, LogLevel.Debug, "Kept {Count} records of the embedded store from the end of its log.", EventName = "EmbeddedStoreKept")]
    public static partial void Kept(ILogger logger, int count);

    [LoggerMessage(2606, LogLevel.Warning, "The embedded store could not be looked after ({Reason}); it is tried again in a second.", EventName = "EmbeddedStoreKeepFailed")]
    public static partial void KeepFailed(ILogger logger, string reason);

    [LoggerMessage(2607, LogLevel.Error, "A listener of the invalidation channel failed.", EventName = "InvalidationListenerFailed")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);

    [LoggerMessage(2611, LogLevel.Information, "Sessions that others have taken the place of are not ended yet: {Reason} It is tried again within a minute.", EventName = "ReplacedSessionsNotEnded")]
    public static partial void NotEndedYet(ILogger logger, string reason);

    [LoggerMessage(2608, LogLevel.Error, "AG3213 {Folder}: an earlier start ended while it read the embedded store's files. Should this one end too, they are damaged: restore the folder from a backup, or move it away to begin empty (everybody signs in again).", EventName = "EmbeddedStoreStartDied")]
    public static partial void StartDied(ILogger logger, string folder);

    [LoggerMessage(2609, LogLevel.Warning, "The store is connected and does not answer; requests that need it get 503 at once until it does.", EventName = "StoreSilent")]
    public static partial void Silent(ILogger logger);

    [LoggerMessage(2610, LogLevel.Information, "The store answers again.", EventName = "StoreAnswers")]
    public static partial void Answers(ILogger logger);
}
