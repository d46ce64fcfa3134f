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

    /// <summary>Tenants by id: at most <paramref name="limit"/> of those after <paramref name="after"/>, or the first.</summary>
    public async Task<IReadOnlyList<Tenant>> ListAsync(TenantId? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = contexts.CreateDbContext();
        var from = after?.Value ?? string.Empty;

        // An id is compared by the database, as text: EF knows no order of ids.
        var page = await context.Database
            .SqlQuery<string>($"SELECT \"Id\" AS \"Value\" FROM \"Tenants\" WHERE \"Id\" > {from} AND \"State\" <> {nameof(TenantState.Erased)} ORDER BY \"Id\" LIMIT {limit}")
            .ToListAsync(cancellationToken);
        var ids = page.ConvertAll(TenantId.Parse);
        return await context.Set<Tenant>().AsNoTracking().Where(t => ids.Contains(t.Id)).OrderBy(t => t.Id).ToListAsync(cancellationToken);
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
