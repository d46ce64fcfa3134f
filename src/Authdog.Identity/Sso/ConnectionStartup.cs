using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Microsoft.Extensions.Hosting;

namespace Authdog.Identity.Sso;

/// <summary>Listens to what other nodes and commands change.</summary>
internal sealed class ConnectionStartup(Connections connections, InvalidationChannel invalidation) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => invalidation.SubscribeAsync(
        Connections.Topic,
        id =>
        {
            if (TenantId.TryParse(id, out var tenant))
            {
                connections.Forget(tenant);
            }
        },
        connections.Doubt,
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
