using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Tenants;

/// <summary>Tenants as this node knows them: read when first asked for, forgotten at once when one changes anywhere, and read again after half a minute in case that message was lost.</summary>
public sealed class TenantCache(IDbContextFactory<DirectoryContext> contexts, TimeProvider time, ILogger<TenantCache> logger)
{
    /// <summary>Topic of <see cref="InvalidationChannel"/>: a tenant's id.</summary>
    internal const string Topic = "tenant";

    private const int Capacity = 20_000;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<TenantId, Entry> _entries = new();
    private long _epoch;

    /// <summary>The tenant as this node knows it, null when it knows that there is none; false when it has to be read.</summary>
    public bool TryFind(TenantId id, out TenantRecord? tenant)
    {
        if (_entries.TryGetValue(id, out var entry) && entry.IsRead && IsFresh(entry))
        {
            tenant = entry.Known;
            return true;
        }

        tenant = null;
        return false;
    }

    /// <summary>The tenant; null when there is none of this id. Completes at once but for the first question in half a minute.</summary>
    /// <exception cref="StoreUnavailableException">The directory cannot be read, and this node does not know the tenant.</exception>
    public ValueTask<TenantRecord?> FindAsync(TenantId id, CancellationToken cancellationToken) =>
        TryFind(id, out var tenant) ? new(tenant) : new(LoadAsync(id, cancellationToken));

    /// <summary>Forgets a tenant; who asks from now on reads it anew.</summary>
    public void Forget(TenantId id) => _entries.TryRemove(id, out _);

    /// <summary>Messages may have been missed: everything is read anew, but serves on if the directory is away.</summary>
    internal void Doubt() => Interlocked.Increment(ref _epoch);

    private bool IsFresh(Entry entry) =>
        entry.Epoch == Volatile.Read(ref _epoch) && time.GetUtcNow() - entry.ReadAt is var age && age >= TimeSpan.Zero && age < s_lifetime;

    private async Task<TenantRecord?> LoadAsync(TenantId id, CancellationToken cancellationToken)
    {
        // A changed tenant's entry is removed: what a reading that began earlier brings stays in that entry, which nobody finds any more (B11).
        var known = _entries.GetValueOrDefault(id);
        var entry = known is not null && IsFresh(known) ? known : Renew(id, known);
        try
        {
            return await entry.LoadAsync().WaitAsync(cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            _entries.TryRemove(KeyValuePair.Create(id, entry));
            throw;
        }
    }

    private Entry Renew(TenantId id, Entry? known)
    {
        MakeRoom();
        var entry = new Entry(this, id, known?.Known, time.GetUtcNow(), Volatile.Read(ref _epoch));
        return known is not null && _entries.TryUpdate(id, entry, known) ? entry : _entries.GetOrAdd(id, entry);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the engine throws when it is away; a tenant that is known serves on.")]
    private async Task<TenantRecord?> ReadAsync(TenantId id, Entry entry)
    {
        // On the pool: nobody's request waits within a lock, and nobody's cancellation ends what others wait for.
        await Task.Yield();
        try
        {
            await using var context = contexts.CreateDbContext();
            var row = await context.Set<Tenant>().AsNoTracking().SingleOrDefaultAsync(tenant => tenant.Id == id, CancellationToken.None);
            return entry.Read(row is null or { State: TenantState.Erased } ? null : new TenantRecord(row, await AddressesAsync(context, id)));
        }
        catch (Exception exception) when (entry.Known is not null)
        {
            TenantsLog.ServedFromMemory(logger, id.Value, exception.GetType().Name);
            entry.ReadAt = time.GetUtcNow() - s_lifetime + s_retry;
            return entry.Read(entry.Known);
        }
        catch (Exception exception)
        {
            throw new StoreUnavailableException("The directory cannot be read.", exception);
        }
    }

    private static Task<List<string>> AddressesAsync(DirectoryContext context, TenantId id) =>
        context.Set<TenantAddress>().AsNoTracking()
            .IgnoreQueryFilters([DirectoryContext.TenantFilter])
            .Where(address => address.TenantId == id)
            .OrderBy(address => address.Address)
            .Select(address => address.Address)
            .ToListAsync(CancellationToken.None);

    private void MakeRoom()
    {
        if (_entries.Count < Capacity)
        {
            return;
        }

        // Ids are asked for by anyone (?tenant=): what is asked for again is read again.
        foreach (var pair in _entries.OrderBy(pair => pair.Value.ReadAt).Take(Capacity / 8))
        {
            _entries.TryRemove(pair);
        }
    }

    private sealed class Entry(TenantCache cache, TenantId id, TenantRecord? known, DateTimeOffset readAt, long epoch)
    {
        private readonly Lock _lock = new();
        private Task<TenantRecord?>? _loading;
        private volatile bool _isRead;

        public long Epoch { get; } = epoch;

        public DateTimeOffset ReadAt { get; set; } = readAt;

        /// <summary>What was read; until then, what an earlier entry knew.</summary>
        public TenantRecord? Known { get; private set; } = known;

        public bool IsRead => _isRead;

        public TenantRecord? Read(TenantRecord? tenant)
        {
            Known = tenant;
            _isRead = true;
            return tenant;
        }

        /// <summary>The one reading, begun by who asks first.</summary>
        public Task<TenantRecord?> LoadAsync()
        {
            lock (_lock)
            {
                return _loading ??= cache.ReadAsync(id, this);
            }
        }
    }
}
