using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Login;

/// <summary>Says that a limit of a ceremony was reached: each time as a metric, and once in a while in log and audit, which nobody can fill by asking on.</summary>
public sealed class CeremonyReport
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(TenantId Tenant, string Ceremony, string Scope), DateTimeOffset> _told = new();
    private readonly Counter<long> _limited;
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Made once.</summary>
    public CeremonyReport(IMeterFactory meters, AuditLog audit, TimeProvider time, ILogger<CeremonyReport> logger)
    {
        (_audit, _time, _logger) = (audit, time, logger);
        _limited = meters.Create("Authdog.Identity").CreateCounter<long>("authdog.ceremony.limited", description: "Ceremonies beyond a limit, by ceremony and by what was counted.");
    }

    /// <summary>A limit was reached.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="ceremony">Name of the ceremony.</param>
    /// <param name="scope">What was counted, such as <c>network</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task LimitedAsync(TenantId tenant, string ceremony, string scope, CancellationToken cancellationToken)
    {
        _limited.Add(1, new("ceremony", ceremony), new("scope", scope));
        var now = _time.GetUtcNow();
        var key = (tenant, ceremony, scope);
        if (_told.TryGetValue(key, out var last) ? now - last < s_pause || !_told.TryUpdate(key, now, last) : !_told.TryAdd(key, now))
        {
            return;
        }

        LoginLog.Limited(_logger, ceremony, scope, tenant.Value);
        await _audit.WriteAsync(new AuditEvent(tenant, AuditEventKind.LimitReached, Detail: $"{ceremony} by {scope}"), cancellationToken);
    }
}
