using Authdog.Identity.Tenants;
using Authdog.Identity.Upkeep;

namespace Authdog.Identity.Standby;

/// <summary>Throws away records that have ended.</summary>
internal sealed class StandbyUpkeep(StandbyStore standby, CurrentTenant tenant) : IUpkeep
{
    public Task RunAsync(CancellationToken cancellationToken) => standby.PurgeAsync(tenant.Id, cancellationToken);
}
