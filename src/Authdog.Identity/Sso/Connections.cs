using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso;

/// <summary>Connections as this node knows them: a tenant's are read when first asked for, forgotten at once when one changes anywhere, and read again after half a minute in case that message was lost. Nothing is loaded at start.</summary>
public sealed class Connections(IDbContextFactory<DirectoryContext> contexts, TimeProvider time, ILogger<Connections> logger)
{
    /// <summary>Topic of <see cref="InvalidationChannel"/>: a tenant's id.</summary>
    internal const string Topic = "connections";

    private const int Capacity = 5_000;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_unusedFor = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<TenantId, Entry> _entries = new();
    private long _epoch;

    /// <summary>All connections of a tenant. Completes at once but for the first question in half a minute.</summary>
    /// <exception cref="StoreUnavailableException">The directory cannot be read, and this node does not know them.</exception>
    public ValueTask<ConnectionSet> OfAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _entries.TryGetValue(tenant, out var entry) && IsFresh(entry) ? new(entry.WaitAsync(cancellationToken)) : new(LoadAsync(tenant, cancellationToken));

    /// <summary>The connection of a slug, if it is switched on; null otherwise.</summary>
    public async ValueTask<ConnectionRecord?> FindAsync(TenantId tenant, string slug, CancellationToken cancellationToken) =>
        Connection.IsSlug(slug) && (await OfAsync(tenant, cancellationToken)).Find(slug) is { Enabled: true } found ? found : null;

    /// <summary>How many tenants' connections are in memory.</summary>
    internal int Count => _entries.Count;

    /// <summary>Forgets a tenant's; who asks from now on reads them anew.</summary>
    public void Forget(TenantId tenant) => _entries.TryRemove(tenant, out _);

    /// <summary>Messages may have been missed: everything is read anew.</summary>
    internal void Doubt() => Interlocked.Increment(ref _epoch);

    private bool IsFresh(Entry entry) =>
        entry.Epoch == Volatile.Read(ref _epoch) && time.GetUtcNow() - entry.ReadAt is var age && age >= TimeSpan.Zero && age < s_lifetime;

    // What a reading that began before a change brings stays in an entry that nobody finds any more (B11).
    private async Task<ConnectionSet> LoadAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var known = _entries.GetValueOrDefault(tenant);
        var entry = new Entry(time.GetUtcNow(), Volatile.Read(ref _epoch));
        if (known is null ? !_entries.TryAdd(tenant, entry) : !_entries.TryUpdate(tenant, entry, known))
        {
            return _entries.TryGetValue(tenant, out var winner) ? await winner.WaitAsync(cancellationToken) : await ReadAsync(tenant, null);
        }

        MakeRoom();
        entry.Begin(ReadAsync(tenant, known?.Known));
        try
        {
            return await entry.WaitAsync(cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            _entries.TryRemove(KeyValuePair.Create(tenant, entry));
            throw;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the engine throws when it is away; what is known serves on.")]
    private async Task<ConnectionSet> ReadAsync(TenantId tenant, ConnectionSet? known)
    {
        // On the pool: nobody's cancellation ends what others wait for.
        await Task.Yield();
        try
        {
            await using var context = contexts.CreateDbContext();
            context.UseTenant(() => tenant);
            var rows = await context.Set<Connection>().AsNoTracking().OrderBy(row => row.Slug).Take(Connection.MaxPerTenant).ToListAsync(CancellationToken.None);
            var domains = await context.Set<TenantDomain>().AsNoTracking().Where(domain => domain.VerifiedAt != null).ToListAsync(CancellationToken.None);
            return rows.Count == 0 && domains.Count == 0 ? ConnectionSet.None : Same(known, rows, domains) ? known : new ConnectionSet(rows, domains);
        }
        catch (Exception exception)
        {
            if (known is null)
            {
                throw new StoreUnavailableException("The directory cannot be read.", exception);
            }

            SsoLog.ServedFromMemory(logger, tenant.Value, exception.GetType().Name);
            return known;
        }
    }

    // What is derived from a record (keys of the provider, its discovery) lives on while nothing has changed.
    private static bool Same([NotNullWhen(true)] ConnectionSet? known, List<Connection> rows, List<TenantDomain> domains) =>
        known is not null
        && known.All.Length == rows.Count
        && rows.TrueForAll(row => known.Find(row.Slug) is { } record && record.Id == row.Id && record.UpdatedAt == row.UpdatedAt
            && record.Domains.SequenceEqual(domains.Where(domain => domain.ConnectionId == row.Id).Select(domain => domain.Domain).Order(StringComparer.Ordinal)))
        && domains.TrueForAll(domain => known.Owns(domain.Domain)
            && known.Captures(domain.Domain) == domain.Capture
            && (known.JoinRolesOf(domain.Domain) is { } roles ? domain.Join && roles.SequenceEqual(domain.JoinRoles, StringComparer.Ordinal) : !domain.Join))
        && known.DomainCount == domains.Count;

    private void MakeRoom()
    {
        if (_entries.Count <= Capacity)
        {
            return;
        }

        var now = time.GetUtcNow();
        foreach (var (tenant, entry) in _entries)
        {
            if (now - entry.ReadAt > s_unusedFor)
            {
                _entries.TryRemove(KeyValuePair.Create(tenant, entry));
            }
        }

        foreach (var (tenant, _) in _entries.Count > Capacity ? _entries.Take(Capacity / 8) : [])
        {
            _entries.TryRemove(tenant, out _);
        }
    }

    /// <summary>One reading of a tenant's connections, which several may wait for.</summary>
    private sealed class Entry(DateTimeOffset readAt, long epoch)
    {
        private readonly TaskCompletionSource<ConnectionSet> _set = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile ConnectionSet? _known;

        public DateTimeOffset ReadAt { get; } = readAt;

        public long Epoch { get; } = epoch;

        public ConnectionSet? Known => _known;

        public void Begin(Task<ConnectionSet> reading) => _ = EndAsync(reading).ContinueWith(
            done => _set.SetFromTask(done),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        public Task<ConnectionSet> WaitAsync(CancellationToken cancellationToken) => _set.Task.WaitAsync(cancellationToken);

        private async Task<ConnectionSet> EndAsync(Task<ConnectionSet> reading) => _known = await reading;
    }
}
