using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Tenants;

internal static partial class TenantsLog
{
    [LoggerMessage(2300, LogLevel.Warning, "The directory cannot be read ({Reason}); tenant {Tenant} is served as this node knows it.", EventName = "TenantServedFromMemory")]
    public static partial void ServedFromMemory(ILogger logger, string tenant, string reason);

    [LoggerMessage(2301, LogLevel.Information, "Tenant {Tenant} was changed: {Change}.", EventName = "TenantChanged")]
    public static partial void Changed(ILogger logger, string tenant, string change);
}
