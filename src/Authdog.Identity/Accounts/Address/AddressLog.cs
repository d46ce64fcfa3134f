using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Accounts.Address;

/// <summary>What the log says of changed addresses: ids only.</summary>
internal static partial class AddressLog
{
    [LoggerMessage(3210, LogLevel.Information, "User {UserId} moved to another address", EventName = "AddressChanged")]
    public static partial void Changed(ILogger logger, string userId);
}
