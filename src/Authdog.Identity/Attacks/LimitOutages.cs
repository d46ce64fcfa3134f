using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis.Rates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Attacks;

/// <summary>Writes an event when this gateway begins to count rate limits alone, and when it counts with the others again: until then an attacker has each limit once for every gateway.</summary>
internal sealed class LimitOutages(RateLimits limits, AuditLog audit, ILogger<LimitOutages> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        limits.WentLocal += Tell;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        limits.WentLocal -= Tell;
        return Task.CompletedTask;
    }

    // Beside the request that found out: it is not to wait for it, and must not fail by it.
    private void Tell(bool isLocal) => _ = Task.Run(() => WriteAsync(isLocal));

    private async Task WriteAsync(bool isLocal)
    {
        try
        {
            await audit.WriteAsync(new AuditEvent(TenantId.Default, isLocal ? AuditEventKind.LimitsWentLocal : AuditEventKind.LimitsShared, Detail: Environment.MachineName), CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            AttacksLog.OutageNotRecorded(logger, exception);
        }
    }
}
