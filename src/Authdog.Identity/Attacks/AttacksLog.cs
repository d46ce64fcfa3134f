using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Attacks;

/// <summary>What the log says of attacks.</summary>
internal static partial class AttacksLog
{
    [LoggerMessage(6700, LogLevel.Warning, "Credential attack ({Kind}) on tenant {Tenant}: {Count} within the window. Challenges are raised until it is over", EventName = "CredentialAttackDetected")]
    public static partial void Detected(ILogger logger, string kind, string tenant, long count);

    [LoggerMessage(6701, LogLevel.Warning, "The shared store is away: a try ({Door}) is not counted for the detection of attacks", EventName = "TryNotCounted")]
    public static partial void NotCounted(ILogger logger, string door);

    [LoggerMessage(6702, LogLevel.Error, "The event that rate limits are counted by this node alone could not be written", EventName = "LimitOutageNotRecorded")]
    public static partial void OutageNotRecorded(ILogger logger, Exception exception);
}
