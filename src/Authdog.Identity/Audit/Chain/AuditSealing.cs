using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Audit.Chain;

/// <summary>Seals what this node writes within a second, and what commands and dead nodes have left within ten.</summary>
internal sealed class AuditSealing(AuditSealer sealer, AuditSignal signal, ILogger<AuditSealing> logger) : BackgroundService
{
    // A burst is one batch; and what was about to be committed when the signal came is committed by then.
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    [SuppressMessage("Design", "CA1031", Justification = "A loop that must live as long as the process; failures are logged and tried again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Real time: nothing that anybody sees depends on it.
            await signal.WaitAsync(s_pause, stoppingToken);
            await Task.Delay(s_settle, stoppingToken);
            try
            {
                await sealer.SealAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                AuditChainLog.SealingFailed(logger, exception);
            }
        }
    }
}
