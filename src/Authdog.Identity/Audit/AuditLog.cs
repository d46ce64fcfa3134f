using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Audit;

/// <summary>Writes security events to an append-only table.</summary>
public sealed class AuditLog(IDbContextFactory<DirectoryContext> contexts, TimeProvider time)
{
    /// <summary>Writes an event; done when it is kept. What belongs to one change of the directory is written in that change's transaction instead, by the directory itself.</summary>
    public async Task WriteAsync(AuditEvent happened, CancellationToken cancellationToken)
    {
        await using var context = contexts.CreateDbContext();
        context.UseTenant(() => happened.Tenant);
        Add(context, happened);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Adds the event to a context whose changes are about to be saved.</summary>
    internal AuditEntry Add(DirectoryContext context, AuditEvent happened) => context.Add(AuditEntry.Of(happened, time.GetUtcNow())).Entity;
}
