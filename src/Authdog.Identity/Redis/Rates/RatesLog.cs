using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Redis.Rates;

internal static partial class RatesLog
{
    [LoggerMessage(2620, LogLevel.Warning, "Rate limits are counted by this node alone, with RateLimiting:LocalShare of each, until the store is back ({Reason})", EventName = "RatesWentLocal")]
    public static partial void WentLocal(ILogger logger, string reason);

    [LoggerMessage(2621, LogLevel.Warning, "Rate limits are counted in the shared store again", EventName = "RatesShared")]
    public static partial void CameBack(ILogger logger);
}
