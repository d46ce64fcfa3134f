using System.Data.Common;
using Authdog.Identity.Audit;
using Authdog.Identity.Tenants;
using Authdog.Policies.Decisions;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Gateway.Access;

/// <summary>Notes refusals in the audit log: one a minute for each user, rule and route. What cannot be noted is refused all the same.</summary>
internal sealed class AccessAudit(AuditLog audit, ILogger<AccessAudit> logger)
{
    public async Task RefusedAsync(HttpContext context, AccessFeature access, string? route, string id)
    {
        if (access.Decision is not { Outcome: AccessOutcome.Deny } decision || context.Features.Get<TenantFeature>() is not { Tenant: { } tenant })
        {
            return;
        }

        var session = access.Session;
        var happened = new AuditEvent(session?.Tenant ?? tenant, AuditEventKind.AccessRefused, session?.User, Detail: $"{decision.Reason} {decision.Policy}/{decision.Rule ?? "-"} {route}")
        {
            Session = session?.Id.Value,
            Decision = id,
        };
        try
        {
            // Of strangers one for all: whoever comes from a thousand addresses writes no thousand rows.
            await audit.WriteSampledAsync(happened, $"{session?.User} {happened.Detail}", CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException or InvalidOperationException)
        {
            logger.AccessNotAudited(id, exception);
        }
    }
}
