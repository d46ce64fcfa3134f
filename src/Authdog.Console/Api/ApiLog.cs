using Microsoft.Extensions.Logging;

namespace Authdog.Console.Api;

/// <summary>What the log says of the management API.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(6200, LogLevel.Warning, "Store unavailable ({Reason}) during a call of the management API", EventName = "ApiUnavailable")]
    public static partial void Unavailable(ILogger logger, string reason);
}
