using Authdog.Identity.Identifiers;
using Authdog.Identity.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Authdog.Identity.Audit;

/// <summary>Whoever makes a signing key, by command or by age, on whatever node: the event is saved with it.</summary>
internal sealed class KeyRotationAudit(AuditWitness witness) : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context)
        {
            foreach (var key in context.ChangeTracker.Entries<StoredSigningKey>().Where(e => e.State is EntityState.Added).Select(e => e.Entity).ToList())
            {
                context.Add(witness.Of(new AuditEvent(TenantId.Default, AuditEventKind.KeyRotated, Detail: $"{key.Purpose} {key.Kid}")));
            }
        }

        return ValueTask.FromResult(result);
    }
}
