using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso.Saml;

/// <summary>What the log says of SAML connections.</summary>
internal static partial class SamlLog
{
    [LoggerMessage(5400, LogLevel.Information, "Connection {Connection} of tenant {Tenant}: the provider's certificates have changed: {Changes}", EventName = "SamlCertificatesRolledOver")]
    public static partial void RolledOver(ILogger logger, string tenant, string connection, string changes);

    [LoggerMessage(5401, LogLevel.Warning, "Connection {Connection} of tenant {Tenant}: metadata was not taken over: {Problem}", EventName = "SamlMetadataNotRefreshed")]
    public static partial void NotRefreshed(ILogger logger, string tenant, string connection, string problem);
}
