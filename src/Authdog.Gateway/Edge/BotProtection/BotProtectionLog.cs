using System.Net;

namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>What the log says of scores.</summary>
internal static partial class BotProtectionLog
{
    [LoggerMessage(1095, LogLevel.Information, "{Address} says that it is {Engine}, and DNS does not", EventName = "ImpostorCrawler")]
    public static partial void Impostor(ILogger logger, string engine, IPAddress address);

    [LoggerMessage(1096, LogLevel.Warning, "DNS does not say whose {Address} is ({Code}); it is asked again in a minute", EventName = "CrawlerDnsFailed")]
    public static partial void DnsFailed(ILogger logger, IPAddress address, string code);
}
