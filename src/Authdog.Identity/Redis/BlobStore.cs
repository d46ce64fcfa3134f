using Authdog.Identity.Identifiers;
using StackExchange.Redis;

namespace Authdog.Identity.Redis;

/// <summary>Larger values with a lifetime, taken once, within bounds (B18). The caller encrypts them.</summary>
public sealed class BlobStore
{
    // What the store needs beside the bytes themselves.
    private const int Overhead = 512;

    // Both bounds count what was stored since their window opened, and the window is as long as a value lives: at most twice the bound is there at once.
    private const string Create = """
        local size = tonumber(ARGV[3])
        for i = 2, 3 do
          if tonumber(redis.call('GET', KEYS[i]) or '0') + size > tonumber(ARGV[i + 2]) then return 0 end
        end
        if redis.call('EXISTS', KEYS[1]) == 1 then return -1 end
        redis.call('SET', KEYS[1], ARGV[1])
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        for i = 2, 3 do
          if redis.call('INCRBY', KEYS[i], ARGV[3]) == size then redis.call('PEXPIRE', KEYS[i], ARGV[2]) end
        end
        return 1
        """;

    private readonly RedisConnection _redis;

    internal BlobStore(RedisConnection redis) => _redis = redis;

    /// <summary>Stores a value under an id that the caller chose at random.</summary>
    /// <param name="tenant">Whose value it is.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="id">Its id; hashed into the key.</param>
    /// <param name="value">The bytes.</param>
    /// <param name="lifetime">How long it can be found.</param>
    /// <param name="bound">How much of it there may be.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when a bound is reached: nothing was stored.</returns>
    /// <exception cref="InvalidOperationException">The id is in use.</exception>
    public async Task<bool> TryCreateAsync(TenantId tenant, string kind, string id, byte[] value, TimeSpan lifetime, BlobBound bound, CancellationToken cancellationToken)
    {
        // The memory is one, whatever the tenant: the bound on all of them is one too.
        RedisKey[] keys = [Key(tenant, kind, id), RedisKeys.For(tenant, "blob-owner", bound.Crowd, bound.Owner), RedisKeys.For(TenantId.Default, "blob-crowd", bound.Crowd, string.Empty)];
        RedisValue[] arguments = [value, Math.Max(1, (long)lifetime.TotalMilliseconds), value.Length + Overhead, bound.MostOfOwner, bound.MostOfCrowd];
        return (int)await _redis.RunAsync(database => database.ScriptEvaluateAsync(Create, keys, arguments), cancellationToken) switch
        {
            1 => true,
            0 => false,
            _ => throw new InvalidOperationException($"A value of kind {kind} with this id exists."),
        };
    }

    /// <summary>Reads without taking; null when unknown, expired or taken.</summary>
    public async Task<byte[]?> FindAsync(TenantId tenant, string kind, string id, CancellationToken cancellationToken) =>
        await _redis.RunLooseAsync(database => database.StringGetAsync(Key(tenant, kind, id)), cancellationToken);

    /// <summary>Reads and deletes in one atomic step; of two callers one gets null.</summary>
    public async Task<byte[]?> TakeAsync(TenantId tenant, string kind, string id, CancellationToken cancellationToken) =>
        await _redis.RunAsync(database => database.StringGetDeleteAsync(Key(tenant, kind, id)), cancellationToken);

    private static string Key(TenantId tenant, string kind, string id) => RedisKeys.For(tenant, "blob", kind, id);
}
