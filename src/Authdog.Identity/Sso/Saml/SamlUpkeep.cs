using Authdog.Identity.Tenants;
using Authdog.Identity.Upkeep;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Reads the metadata of the tenant's connections again, each when it is due..</summary>
internal sealed class SamlUpkeep(Connections connections, SamlConnections saml, SamlRefresh refresh, CurrentTenant tenant, TimeProvider time) : IUpkeep
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(12);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var due = time.GetUtcNow() - s_interval;
        foreach (var connection in (await connections.OfAsync(tenant.Id, cancellationToken)).All)
        {
            // Of several nodes the first one's reading makes it not due for the others, but for the half minute that they may know of it late.
            if (connection is { Kind: ConnectionKind.Saml, Enabled: true } && saml.Of(connection).Settings is { MetadataUrl: not null } settings && (settings.MetadataReadAt is null || settings.MetadataReadAt <= due))
            {
                await refresh.RunAsync(connection, cancellationToken);
            }
        }
    }
}
