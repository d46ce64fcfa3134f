using Authdog.Identity.Redis;
using Authdog.Identity.Tenants;
using Authdog.Identity.Upkeep;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Reads the metadata of the tenant's connections again, each twice a day, by one node.</summary>
internal sealed class SamlUpkeep(Connections connections, SamlConnections saml, SamlRefresh refresh, CounterStore counters, CurrentTenant tenant) : IUpkeep
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(12);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var connection in (await connections.OfAsync(tenant.Id, cancellationToken)).All)
        {
            if (connection is { Kind: ConnectionKind.Saml, Enabled: true }
                && saml.Of(connection).Settings.MetadataUrl is not null
                && await counters.IncrementAsync(tenant.Id, "saml-metadata", connection.Id.ToString("N"), s_interval, cancellationToken) == 1)
            {
                await refresh.RunAsync(connection, cancellationToken);
            }
        }
    }
}
