using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Tenants.Lifecycle;

/// <summary>Looks for tenants to erase, at the start and every hour. On several nodes each does: erasing twice is erasing once.</summary>
internal sealed class TenantErasureJob(TenantErasure erasure, TimeProvider time, ILogger<TenantErasureJob> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromHours(1);

    [SuppressMessage("Design", "CA1031", Justification = "A loop that must live as long as the process; failures are logged and tried again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pause, time);
        do
        {
            try
            {
                await erasure.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                TenantsLog.ErasureFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
