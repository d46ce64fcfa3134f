using System.Data.Common;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Policies.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Gateway.Configuration;

/// <summary>Notes in the audit log that other policies are in force, or were refused. The catalog does not wait for it.</summary>
internal sealed class PolicyAudit(AuditLog audit, ILogger<PolicyAudit> logger)
{
    public void Reloaded(PolicyLoadResult result) => _ = WriteAsync(result.Snapshot is { } snapshot
        ? new AuditEvent(TenantId.Default, AuditEventKind.PoliciesChanged, Detail: string.Join(' ', snapshot.Names)) { By = AuditSource.Gateway.Name }
        : new AuditEvent(TenantId.Default, AuditEventKind.PoliciesRefused, Detail: result.Errors.FirstOrDefault()?.ToString()) { By = AuditSource.Gateway.Name });

    private async Task WriteAsync(AuditEvent happened)
    {
        try
        {
            await audit.WriteAsync(happened, CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException or InvalidOperationException)
        {
            ConfigurationLog.PoliciesNotAudited(logger, exception);
        }
    }
}
