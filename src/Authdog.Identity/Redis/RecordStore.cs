using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Redis;

/// <summary>Small versioned JSON records with a lifetime (login transactions, pending sign-ups): create, find, compare-and-set, take.</summary>
public sealed class RecordStore
{
    /// <summary>Stores a record under an id that the caller chose at random; version 1.</summary>
    public Task CreateAsync<T>(TenantId tenant, string kind, string id, T record, TimeSpan lifetime, CancellationToken cancellationToken)
        where T : class => throw new NotSupportedException();

    /// <summary>The record and its version; null when unknown or expired.</summary>
    public Task<(T Record, long Version)?> FindAsync<T>(TenantId tenant, string kind, string id, CancellationToken cancellationToken)
        where T : class => throw new NotSupportedException();

    /// <summary>Replaces the record if it still has this version, keeping its lifetime; false when it changed or is gone.</summary>
    public Task<bool> TryUpdateAsync<T>(TenantId tenant, string kind, string id, T record, long version, CancellationToken cancellationToken)
        where T : class => throw new NotSupportedException();

    /// <summary>Reads and deletes in one atomic step; of two callers one gets null.</summary>
    public Task<T?> TakeAsync<T>(TenantId tenant, string kind, string id, CancellationToken cancellationToken)
        where T : class => throw new NotSupportedException();
}
