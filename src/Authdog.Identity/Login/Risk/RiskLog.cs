using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Login.Risk;

/// <summary>What the log says of risk at sign-in: ids only.</summary>
internal static partial class RiskLog
{
    [LoggerMessage(2820, LogLevel.Error, "The list of blocked networks was changed and cannot be used: {Problem} The last good one stays in force", EventName = "BlockedNetworksRefused")]
    public static partial void NetworksRefused(ILogger logger, string problem);

    [LoggerMessage(2821, LogLevel.Warning, "User {UserId} proved everything and was not let in: {Signals}", EventName = "SignInRefused")]
    public static partial void Refused(ILogger logger, string userId, string signals);
}
