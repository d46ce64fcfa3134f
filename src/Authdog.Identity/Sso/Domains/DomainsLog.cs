using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso.Domains;

internal static partial class DomainsLog
{
    [LoggerMessage(5460, LogLevel.Information, "Tenant {Tenant}: domain {Domain} is verified.", EventName = "DomainVerified")]
    public static partial void Verified(ILogger logger, string tenant, string domain);

    [LoggerMessage(5461, LogLevel.Warning, "Tenant {Tenant}: the record of verified domain {Domain} is missing; unless it comes back, the domain is the tenant's no more at {Until:u}.", EventName = "DomainMissing")]
    public static partial void Missing(ILogger logger, string tenant, string domain, DateTimeOffset until);

    [LoggerMessage(5462, LogLevel.Warning, "Tenant {Tenant}: domain {Domain} is verified no more, its record stayed away.", EventName = "DomainLost")]
    public static partial void Lost(ILogger logger, string tenant, string domain);

    [LoggerMessage(5463, LogLevel.Information, "Tenant {Tenant}: domain {Domain} could not be looked at again: {Reason}.", EventName = "DomainUnanswered")]
    public static partial void Unanswered(ILogger logger, string tenant, string domain, string reason);
}
