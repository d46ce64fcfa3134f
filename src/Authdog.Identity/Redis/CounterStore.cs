using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Redis;

/// <summary>Shared counters with a fixed window, for tries and limits.</summary>
public sealed class CounterStore
{
    /// <summary>Adds one and returns the count within the window that the first addition opened. <paramref name="subject"/> is hashed into the key.</summary>
    public Task<long> IncrementAsync(TenantId tenant, string purpose, string subject, TimeSpan window, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The count so far; 0 when there is none.</summary>
    public Task<long> ReadAsync(TenantId tenant, string purpose, string subject, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Forgets the count.</summary>
    public Task ResetAsync(TenantId tenant, string purpose, string subject, CancellationToken cancellationToken) => throw new NotSupportedException();
}
