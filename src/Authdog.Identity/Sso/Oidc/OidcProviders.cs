using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>Finds the provider of a connection: one object for each version of it, and gone with it.</summary>
internal sealed class OidcProviders(ProviderHttp http, ConnectionSecrets secrets, TimeProvider time)
{
    /// <summary>The provider.</summary>
    public OidcProvider Of(ConnectionRecord connection) =>
        connection.Once(this, static (self, record) => new OidcProvider(record, OidcSettings.Parse(record.Settings), self.Http, self.Secrets, self.Time));

    private ProviderHttp Http { get; } = http;

    private ConnectionSecrets Secrets { get; } = secrets;

    private TimeProvider Time { get; } = time;
}
