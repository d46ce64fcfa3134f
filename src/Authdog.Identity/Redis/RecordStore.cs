using Authdog.Identity.Identifiers;
using StackExchange.Redis;

namespace Authdog.Identity.Redis;

/// <summary>Small versioned JSON records with a lifetime (login transactions, pending sign-ups): create, find, compare-and-set, take.</summary>
public sealed class RecordStore
{
    private const string Create = """
        if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
        redis.call('HSET', KEYS[1], 'v', '1', 'r', ARGV[1])
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return 1
        """;

    private const string Update = """
        if redis.call('HGET', KEYS[1], 'v') ~= ARGV[2] then return 0 end
        redis.call('HSET', KEYS[1], 'v', ARGV[3], 'r', ARGV[1])
        return 1
        """;

    private const string Take = """
        local record = redis.call('HGET', KEYS[1], 'r')
        redis.call('DEL', KEYS[1])
        return record
        """;

    private static readonly RedisValue[] s_fields = ["v", "r"];
    private readonly RedisConnection _redis;

    internal RecordStore(RedisConnection redis) => _redis = redis;

    /// <summary>Stores a record under an id that the caller chose at random; version 1.</summary>
    /// <exception cref="InvalidOperationException">The id is in use.</exception>
    public async Task CreateAsync<T>(TenantId tenant, string kind, string id, T record, TimeSpan lifetime, CancellationToken cancellationToken)
        where T : class
    {
        if (!await TryCreateAsync(tenant, kind, id, record, lifetime, cancellationToken))
        {
            throw new InvalidOperationException($"A record of kind {kind} with this id exists.");
        }
    }

    /// <summary>Stores a record unless there is one of this id; false when there is. Version 1.</summary>
    public async Task<bool> TryCreateAsync<T>(TenantId tenant, string kind, string id, T record, TimeSpan lifetime, CancellationToken cancellationToken)
        where T : class =>
        (int)await RunAsync(Create, tenant, kind, id, [StoredJson.Write(record), Math.Max(1, (long)lifetime.TotalMilliseconds)], cancellationToken) == 1;

    /// <summary>The record and its version; null when unknown or expired.</summary>
    public async Task<(T Record, long Version)?> FindAsync<T>(TenantId tenant, string kind, string id, CancellationToken cancellationToken)
        where T : class
    {
        var values = await _redis.RunLooseAsync(database => database.HashGetAsync(Key(tenant, kind, id), s_fields), cancellationToken);
        return StoredJson.Read<T>(values[1]) is { } record ? (record, (long)values[0]) : null;
    }

    /// <summary>Replaces the record if it still has this version, keeping its lifetime; false when it changed or is gone.</summary>
    public async Task<bool> TryUpdateAsync<T>(TenantId tenant, string kind, string id, T record, long version, CancellationToken cancellationToken)
        where T : class =>
        (int)await RunAsync(Update, tenant, kind, id, [StoredJson.Write(record), version, version + 1], cancellationToken) == 1;

    /// <summary>Reads and deletes in one atomic step; of two callers one gets null.</summary>
    public async Task<T?> TakeAsync<T>(TenantId tenant, string kind, string id, CancellationToken cancellationToken)
        where T : class =>
        StoredJson.Read<T>((byte[]?)await RunAsync(Take, tenant, kind, id, [], cancellationToken));

    private static string Key(TenantId tenant, string kind, string id) => RedisKeys.For(tenant, "record", kind, id);

    private Task<RedisResult> RunAsync(string script, TenantId tenant, string kind, string id, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [Key(tenant, kind, id)];
        return _redis.RunAsync(database => database.ScriptEvaluateAsync(script, keys, arguments), cancellationToken);
    }
}
