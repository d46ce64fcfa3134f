using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Tenants;

internal static partial class TenantsLog
{
    [LoggerMessage(2300, LogLevel.Warning, "The directory cannot be read ({Reason}); tenant {Tenant} is served as this node knows it.", EventName = "TenantServedFromMemory")]
    public static partial void ServedFromMemory(ILogger logger, string tenant, string reason);

    [LoggerMessage(2302, LogLevel.Warning, "The directory cannot be read ({Reason}); the tenants' addresses are served as this node knows them.", EventName = "TenantAddressesServedFromMemory")]
    public static partial void AddressesServedFromMemory(ILogger logger, string reason);

    [LoggerMessage(2303, LogLevel.Information, "Tenant {Tenant} has been erased.", EventName = "TenantErased")]
    public static partial void Erased(ILogger logger, string tenant);

    [LoggerMessage(2304, LogLevel.Error, "Deleted tenants could not be erased; it is tried again in an hour.", EventName = "TenantErasureFailed")]
    public static partial void ErasureFailed(ILogger logger, Exception exception);

    [LoggerMessage(2301, LogLevel.Information, "Tenant {Tenant} was changed: {Change}.", EventName = "TenantChanged")]
    public static partial void Changed(ILogger logger, string tenant, string change);
}
