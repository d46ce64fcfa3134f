using System.Globalization;
using Authdog.Identity.Identifiers;
using StackExchange.Redis;

namespace Authdog.Identity.Redis;

/// <summary>Shared counters with a fixed window, for tries and limits.</summary>
public sealed class CounterStore
{
    private const string Increment = """
        local count = redis.call('INCR', KEYS[1])
        if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
        return count
        """;

    private const string Decrement = """
        if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then return redis.call('DECR', KEYS[1]) end
        return 0
        """;

    private readonly RedisConnection _redis;

    internal CounterStore(RedisConnection redis) => _redis = redis;

    /// <summary>Adds one and returns the count within the window that the first addition opened. <paramref name="subject"/> is hashed into the key.</summary>
    public async Task<long> IncrementAsync(TenantId tenant, string purpose, string subject, TimeSpan window, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [Key(tenant, purpose, subject)];
        RedisValue[] arguments = [Math.Max(1, (long)window.TotalMilliseconds)];
        return (long)await _redis.RunAsync(database => database.ScriptEvaluateAsync(Increment, keys, arguments), cancellationToken);
    }

    /// <summary>Takes one back, never below zero; the window stays.</summary>
    public Task TakeBackAsync(TenantId tenant, string purpose, string subject, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [Key(tenant, purpose, subject)];
        return _redis.RunAsync(database => database.ScriptEvaluateAsync(Decrement, keys, []), cancellationToken);
    }

    /// <summary>The count so far; 0 when there is none.</summary>
    public async Task<long> ReadAsync(TenantId tenant, string purpose, string subject, CancellationToken cancellationToken)
    {
        var value = await _redis.RunLooseAsync(database => database.StringGetAsync(Key(tenant, purpose, subject)), cancellationToken);
        return value.IsNull ? 0 : long.Parse(value.ToString(), CultureInfo.InvariantCulture);
    }

    /// <summary>Forgets the count.</summary>
    public Task ResetAsync(TenantId tenant, string purpose, string subject, CancellationToken cancellationToken) =>
        _redis.RunAsync(database => database.KeyDeleteAsync(Key(tenant, purpose, subject)), cancellationToken);

    private static string Key(TenantId tenant, string purpose, string subject) => RedisKeys.For(tenant, "counter", purpose, subject);
}
