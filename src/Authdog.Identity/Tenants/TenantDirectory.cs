using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Tenants;

/// <summary>Finds and adds tenants. The one part of the directory that is not scoped to a tenant.</summary>
public sealed class TenantDirectory(IDbContextFactory<DirectoryContext> contexts, AuditLog audit, TimeProvider time)
{
    /// <summary>The tenant; null when there is none of this id.</summary>
    public async Task<Tenant?> FindAsync(TenantId id, CancellationToken cancellationToken)
    {
        await using var context = contexts.CreateDbContext();
        return await context.Set<Tenant>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancellationToken);
    }

    /// <summary>All tenants by id.</summary>
    public async Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = contexts.CreateDbContext();
        return await context.Set<Tenant>().AsNoTracking().OrderBy(t => t.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Adds a tenant; null when the id is taken.</summary>
    public async Task<Tenant?> AddAsync(TenantId id, string name, CancellationToken cancellationToken)
    {
        await using var context = contexts.CreateDbContext();
        context.UseTenant(() => id);
        var tenant = new Tenant { Id = id, Name = name, CreatedAt = time.GetUtcNow() };
        context.Add(tenant);
        audit.Add(context, new AuditEvent(id, AuditEventKind.TenantCreated));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return tenant;
        }
        catch (DbUpdateException)
        {
            if (await FindAsync(id, cancellationToken) is null)
            {
                throw;
            }

            return null;
        }
    }
}
