using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso;

/// <summary>What the log says of connections: names and reasons, never what a provider or a person sent.</summary>
internal static partial class SsoLog
{
    [LoggerMessage(5300, LogLevel.Warning, "The directory cannot be read ({Reason}); the connections of tenant {Tenant} are served as this node knows them", EventName = "ConnectionsServedFromMemory")]
    public static partial void ServedFromMemory(ILogger logger, string tenant, string reason);

    [LoggerMessage(5301, LogLevel.Information, "Connection {Connection} of tenant {Tenant}: {Change}", EventName = "ConnectionChanged")]
    public static partial void Changed(ILogger logger, string tenant, string connection, string change);

    [LoggerMessage(5302, LogLevel.Warning, "A sign-in by connection {Connection} of tenant {Tenant} failed: {Reason} (reference {Reference})", EventName = "ExternalSignInFailed")]
    public static partial void Failed(ILogger logger, string tenant, string connection, string reason, string reference);

    [LoggerMessage(5303, LogLevel.Information, "User {UserId} is known by connection {Connection} from now on", EventName = "IdentityLinked")]
    public static partial void Linked(ILogger logger, string userId, string connection);

    [LoggerMessage(5304, LogLevel.Information, "User {UserId} is no longer known by connection {Connection}", EventName = "IdentityUnlinked")]
    public static partial void Unlinked(ILogger logger, string userId, string connection);

    [LoggerMessage(5305, LogLevel.Information, "Connection {Connection} of tenant {Tenant} is demanded: ending what was begun otherwise is finished now, {Count} sessions were left", EventName = "EnforcementResumed")]
    public static partial void EnforcementResumed(ILogger logger, string tenant, string connection, int count);
}
