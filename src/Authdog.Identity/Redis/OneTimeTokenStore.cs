using System.Buffers.Text;
using System.Security.Cryptography;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Redis;

/// <summary>Single-use secrets for links (I5): 256 random bits, stored hashed under tenant and purpose, taken atomically.</summary>
public sealed class OneTimeTokenStore
{
    private const int SecretLength = 43;
    private readonly RedisConnection _redis;

    internal OneTimeTokenStore(RedisConnection redis) => _redis = redis;

    /// <summary>Stores a payload and returns the secret (base64url) that finds it once.</summary>
    public async Task<string> IssueAsync<T>(TenantId tenant, string purpose, T payload, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var json = StoredJson.Write(payload);
        await _redis.RunAsync(database => database.StringSetAsync(Key(tenant, purpose, secret), json, lifetime), cancellationToken);
        return secret;
    }

    /// <summary>Reads without consuming (a GET shows); null when unknown, expired, consumed or malformed.</summary>
    public async Task<T?> PeekAsync<T>(TenantId tenant, string purpose, string? secret, CancellationToken cancellationToken)
        where T : class =>
        IsWellFormed(secret)
            ? StoredJson.Read<T>(await _redis.RunLooseAsync(database => database.StringGetAsync(Key(tenant, purpose, secret!)), cancellationToken))
            : null;

    /// <summary>Reads and consumes in one atomic step (a POST consumes); of two callers one gets null.</summary>
    public async Task<T?> TakeAsync<T>(TenantId tenant, string purpose, string? secret, CancellationToken cancellationToken)
        where T : class =>
        IsWellFormed(secret)
            ? StoredJson.Read<T>(await _redis.RunAsync(database => database.StringGetDeleteAsync(Key(tenant, purpose, secret!)), cancellationToken))
            : null;

    private static bool IsWellFormed(string? secret) => secret is { Length: SecretLength } && Base64Url.IsValid(secret);

    private static string Key(TenantId tenant, string purpose, string secret) => RedisKeys.For(tenant, "token", purpose, secret);
}
