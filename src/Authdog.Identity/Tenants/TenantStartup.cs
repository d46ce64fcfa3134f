using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Microsoft.Extensions.Hosting;

namespace Authdog.Identity.Tenants;

/// <summary>Listens to what other nodes and commands change.</summary>
internal sealed class TenantStartup(TenantCache cache, TenantAddresses addresses, InvalidationChannel invalidation) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => invalidation.SubscribeAsync(
        TenantCache.Topic,
        id =>
        {
            if (TenantId.TryParse(id, out var tenant))
            {
                cache.Forget(tenant);
                addresses.Doubt();
            }
        },
        () =>
        {
            cache.Doubt();
            addresses.Doubt();
        },
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
