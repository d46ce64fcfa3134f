using Authdog.Identity.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Upkeep;

/// <summary>Runs every <see cref="IUpkeep"/> of every tenant, ten minutes after the last time. A failure of one is logged and keeps no other from running.</summary>
internal sealed class UpkeepJob(IServiceScopeFactory scopes, TenantDirectory tenants, TenantCache settings, TimeProvider time, ILogger<UpkeepJob> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>One round, for tests and for the loop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in await tenants.ListAsync(cancellationToken))
        {
            if (await settings.FindAsync(tenant.Id, cancellationToken) is not { } record)
            {
                continue;
            }

            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Record = record;
            foreach (var upkeep in scope.ServiceProvider.GetServices<IUpkeep>())
            {
                await GuardAsync(() => upkeep.RunAsync(cancellationToken), upkeep.GetType().Name, cancellationToken);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken);
            await GuardAsync(() => RunAsync(stoppingToken), nameof(UpkeepJob), stoppingToken);
        }
    }

    private async Task GuardAsync(Func<Task> work, string name, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            UpkeepLog.Failed(logger, name, e);
        }
    }
}
