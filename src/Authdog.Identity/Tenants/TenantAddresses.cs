using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Tenants;

/// <summary>Which address belongs to which tenant: the whole list in memory, so that no <c>Host</c> that a stranger makes up asks the directory. Read anew when a tenant changes, and every half minute.</summary>
public sealed class TenantAddresses(IDbContextFactory<DirectoryContext> contexts, TimeProvider time, ILogger<TenantAddresses> logger) : IDisposable
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile List? _list;
    private long _changes;

    /// <summary>The tenant at an address, null when there is none there; false while the list has to be read (<see cref="ReadAsync"/>).</summary>
    public bool TryFind(string address, out TenantId? tenant)
    {
        tenant = null;
        return _list is { } list && IsFresh(list) && (list.Tenants.TryGetValue(address, out tenant) || true);
    }

    /// <summary>Reads the list if it is due.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read, and never was.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever the engine throws when it is away; what is known serves on.")]
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var known = _list;
            if (known is not null && IsFresh(known))
            {
                return;
            }

            var changes = Volatile.Read(ref _changes);
            try
            {
                await using var context = contexts.CreateDbContext();
                var rows = await context.Set<TenantAddress>().AsNoTracking().IgnoreQueryFilters([DirectoryContext.TenantFilter]).ToListAsync(cancellationToken);
                _list = new List(rows.ToFrozenDictionary(row => row.Address, row => row.TenantId, StringComparer.Ordinal), time.GetUtcNow(), changes);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (known is null)
                {
                    throw new StoreUnavailableException("The directory cannot be read.", exception);
                }

                TenantsLog.AddressesServedFromMemory(logger, exception.GetType().Name);
                _list = known with { ReadAt = time.GetUtcNow() - s_lifetime + s_retry, Changes = changes };
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    /// <summary>An address may have changed hands.</summary>
    internal void Doubt() => Interlocked.Increment(ref _changes);

    private bool IsFresh(List list) =>
        list.Changes == Volatile.Read(ref _changes) && time.GetUtcNow() - list.ReadAt is var age && age >= TimeSpan.Zero && age < s_lifetime;

    private sealed record List(FrozenDictionary<string, TenantId> Tenants, DateTimeOffset ReadAt, long Changes);
}
