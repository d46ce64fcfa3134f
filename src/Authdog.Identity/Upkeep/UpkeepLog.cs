using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Upkeep;

/// <summary>What the log says of upkeep.</summary>
internal static partial class UpkeepLog
{
    [LoggerMessage(4700, LogLevel.Error, "Upkeep {Name} failed; it is tried again with the next round", EventName = "UpkeepFailed")]
    public static partial void Failed(ILogger logger, string name, Exception exception);
}
