using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Audit.Delivery;

/// <summary>Runs the courier every second, where there is a stream.</summary>
internal sealed class AuditDispatch(AuditCourier courier, ILogger<AuditDispatch> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    [SuppressMessage("Design", "CA1031", Justification = "A loop that must live as long as the process; failures are logged and tried again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (courier.HasStreams && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await courier.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                AuditDeliveryLog.RoundFailed(logger, exception);
            }

            // Real time: nothing that anybody sees depends on it.
            await Task.Delay(s_pause, stoppingToken);
        }
    }
}
