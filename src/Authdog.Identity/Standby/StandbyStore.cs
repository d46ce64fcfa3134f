using System.Data.Common;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Standby;

/// <summary>Keeps in the directory what a sign-in needs while a configured Redis is away; all nodes share it. Whoever began a record there marks its id, so that it is looked for nowhere else.</summary>
/// <remarks>Not for the embedded store: that is away only when this process is.</remarks>
internal sealed class StandbyStore(Lazy<IDbContextFactory<DirectoryContext>> contexts, IOptions<RedisOptions> redis, TimeProvider time)
{
    /// <summary>Whether there is a standby at all.</summary>
    public bool IsEnabled => redis.Value is { ConnectionString: not null, Standby: true };

    /// <summary>Stores a record, version 1; false when there is one of this id.</summary>
    public Task<bool> TryCreateAsync(TenantId tenant, string kind, string id, Guid? user, byte[] value, DateTimeOffset expiresAt, CancellationToken cancellationToken) => RunAsync(
        tenant,
        async context =>
        {
            context.Add(new StandbyRecord { TenantId = tenant, Kind = kind, Id = id, UserId = user, Version = 1, Value = value, ExpiresAt = expiresAt });
            try
            {
                return await context.SaveChangesAsync(cancellationToken) == 1;
            }
            catch (DbUpdateException) when (cancellationToken.IsCancellationRequested is false)
            {
                context.ChangeTracker.Clear();
                return await context.Set<StandbyRecord>().AnyAsync(record => record.Kind == kind && record.Id == id, cancellationToken) ? false : throw new StoreUnavailableException("The directory did not keep a record.");
            }
        });

    /// <summary>The record; null when unknown or expired.</summary>
    public Task<StandbyRecord?> FindAsync(TenantId tenant, string kind, string id, CancellationToken cancellationToken) =>
        RunAsync(tenant, context => Live(context).SingleOrDefaultAsync(record => record.Kind == kind && record.Id == id, cancellationToken));

    /// <summary>The same of whichever tenant: for what names none.</summary>
    public Task<StandbyRecord?> FindAnywhereAsync(string kind, string id, CancellationToken cancellationToken) =>
        RunAsync(null, context => Live(context).IgnoreQueryFilters([DirectoryContext.TenantFilter]).SingleOrDefaultAsync(record => record.Kind == kind && record.Id == id, cancellationToken));

    /// <summary>The records of one user.</summary>
    public Task<List<StandbyRecord>> ListAsync(TenantId tenant, string kind, Guid user, CancellationToken cancellationToken) =>
        RunAsync(tenant, context => Live(context).Where(record => record.Kind == kind && record.UserId == user).ToListAsync(cancellationToken));

    /// <summary>All records of a kind, of all tenants.</summary>
    public Task<List<StandbyRecord>> ListAsync(string kind, int most, CancellationToken cancellationToken) =>
        RunAsync(null, context => Live(context).IgnoreQueryFilters([DirectoryContext.TenantFilter]).Where(record => record.Kind == kind).OrderBy(record => record.ExpiresAt).Take(most).ToListAsync(cancellationToken));

    /// <summary>Replaces the value if the record still has this version; false when it changed or is gone.</summary>
    public Task<bool> TryUpdateAsync(TenantId tenant, string kind, string id, long version, byte[] value, DateTimeOffset expiresAt, CancellationToken cancellationToken) => RunAsync(
        tenant,
        async context => await Live(context)
            .Where(record => record.Kind == kind && record.Id == id && record.Version == version)
            .ExecuteUpdateAsync(set => set.SetProperty(record => record.Value, value).SetProperty(record => record.Version, version + 1).SetProperty(record => record.ExpiresAt, expiresAt), cancellationToken) == 1);

    /// <summary>Deletes records and returns how many there were: of two who delete one, one gets 1.</summary>
    public Task<int> DeleteAsync(TenantId tenant, string kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => RunAsync(
        tenant,
        context => Live(context).Where(record => record.Kind == kind && ids.Contains(record.Id)).ExecuteDeleteAsync(cancellationToken));

    /// <summary>Deletes all records of one user, of whatever kind.</summary>
    public Task EraseAsync(TenantId tenant, Guid user, CancellationToken cancellationToken) =>
        RunAsync(tenant, context => context.Set<StandbyRecord>().Where(record => record.UserId == user).ExecuteDeleteAsync(cancellationToken));

    /// <summary>Throws away a tenant's records that have ended.</summary>
    public Task PurgeAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return RunAsync(tenant, context => context.Set<StandbyRecord>().Where(record => record.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken));
    }

    private IQueryable<StandbyRecord> Live(DirectoryContext context)
    {
        var now = time.GetUtcNow();
        return context.Set<StandbyRecord>().AsNoTracking().Where(record => record.ExpiresAt > now);
    }

    private async Task<T> RunAsync<T>(TenantId? tenant, Func<DirectoryContext, Task<T>> operation)
    {
        await using var context = contexts.Value.CreateDbContext();
        if (tenant is { } owner)
        {
            context.UseTenant(() => owner);
        }

        try
        {
            return await operation(context);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException { InnerException: DbException })
        {
            throw new StoreUnavailableException("Neither the store nor the directory can be reached.", e);
        }
    }
}
