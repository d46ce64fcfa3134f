using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Redis;

/// <summary>Single-use secrets for links (I5): 256 random bits, stored hashed under tenant and purpose, taken atomically.</summary>
public sealed class OneTimeTokenStore
{
    /// <summary>Stores a payload and returns the secret (base64url) that finds it once.</summary>
    public Task<string> IssueAsync<T>(TenantId tenant, string purpose, T payload, TimeSpan lifetime, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Reads without consuming (a GET shows); null when unknown, expired, consumed or malformed.</summary>
    public Task<T?> PeekAsync<T>(TenantId tenant, string purpose, string? secret, CancellationToken cancellationToken)
        where T : class => throw new NotSupportedException();

    /// <summary>Reads and consumes in one atomic step (a POST consumes); of two callers one gets null.</summary>
    public Task<T?> TakeAsync<T>(TenantId tenant, string purpose, string? secret, CancellationToken cancellationToken)
        where T : class => throw new NotSupportedException();
}
