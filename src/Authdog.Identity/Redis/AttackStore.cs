using Authdog.Identity.Identifiers;
using StackExchange.Redis;

namespace Authdog.Identity.Redis;

/// <summary>Counts of failed tries for all nodes together: bounded sets of who failed from where, a tenant's share of failures, and the levels that follow. What a client network does is counted over all tenants. One round trip each.</summary>
public sealed class AttackStore
{
    // What one network adds to the tenant's failures is bounded: a single client that fails at will must not get everybody challenged.
    // KEYS: accounts of the network, networks of the account, the tenant, the tenant's level, the network's failures.
    // ARGV: account, network, bound of the first set, bound of the second, window, now, bound of the network's failures.
    private const string Fail = Tenant + """
        local function note(key, member, most)
          if redis.call('SCARD', key) < tonumber(most) then redis.call('SADD', key, member) end
          redis.call('PEXPIRE', key, ARGV[5])
          return redis.call('SCARD', key)
        end
        local accounts = note(KEYS[1], ARGV[1], ARGV[3])
        local networks = note(KEYS[2], ARGV[2], ARGV[4])
        roll(KEYS[3], KEYS[4], tonumber(ARGV[6]), tonumber(ARGV[5]))
        local own = redis.call('INCR', KEYS[5])
        if own == 1 then redis.call('PEXPIRE', KEYS[5], ARGV[5]) end
        if own <= tonumber(ARGV[7]) then redis.call('HINCRBY', KEYS[3], 'fails', 1) end
        local fails = number(KEYS[3], 'fails', 0)
        return { accounts, networks, fails, number(KEYS[3], 'oks', 0), number(KEYS[3], 'base', -1) }
        """;

    // An account counts once a window: whoever signs in to their own again and again must not make failures at others' look usual.
    // KEYS: the tenant, the tenant's level, the account. ARGV: window, now.
    private const string Succeed = Tenant + """
        if not redis.call('SET', KEYS[3], '1', 'NX', 'PX', ARGV[1]) then return 0 end
        roll(KEYS[1], KEYS[2], tonumber(ARGV[2]), tonumber(ARGV[1]))
        return redis.call('HINCRBY', KEYS[1], 'oks', 1)
        """;

    // The usual share of failures, in thousandths, learns from each whole window; not from those of an attack, or an attack that lasts would become the usual.
    private const string Tenant = """
        local function number(key, field, otherwise)
          return tonumber(redis.call('HGET', key, field) or otherwise)
        end
        local function roll(key, level, now, window)
          local start = number(key, 'start', 0)
          if now - start < window then return end
          local fails = number(key, 'fails', 0)
          local all = fails + number(key, 'oks', 0)
          if all >= 20 and redis.call('EXISTS', level) == 0 then
            local ratio = fails * 1000 / all
            local base = number(key, 'base', -1)
            if base >= 0 then ratio = base * 0.8 + ratio * 0.2 end
            redis.call('HSET', key, 'base', math.floor(ratio))
          end
          redis.call('HSET', key, 'start', now, 'fails', 0, 'oks', 0)
          redis.call('PEXPIRE', key, 604800000)
        end

        """;

    // Never lower than it is: it falls back by ending.
    private const string Lift = """
        local before = tonumber(redis.call('GET', KEYS[1]) or '0')
        redis.call('SET', KEYS[1], math.max(before, tonumber(ARGV[1])), 'PX', ARGV[2])
        return before
        """;

    private const string Network = "network";

    private readonly RedisConnection _redis;

    internal AttackStore(RedisConnection redis) => _redis = redis;

    /// <summary>Counts a failed try.</summary>
    /// <returns>Accounts of the network, networks of the account, failures and successes of the tenant, and its usual share of failures in thousandths (-1: not known).</returns>
    public async Task<long[]> FailedAsync(TenantId tenant, string account, string network, int maxAccounts, int maxNetworks, int maxFailures, TimeSpan window, DateTimeOffset now, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [Key(Owner(tenant, Network), "accounts", network), Key(tenant, "networks", account), Key(tenant, "tenant", string.Empty), LevelKey(tenant, "tenant", string.Empty), Key(tenant, "failures", network)];
        RedisValue[] arguments = [account, network, maxAccounts, maxNetworks, (long)window.TotalMilliseconds, now.ToUnixTimeMilliseconds(), maxFailures];
        var counts = await _redis.RunLooseAsync(database => database.ScriptEvaluateAsync(Fail, keys, arguments), cancellationToken);
        return (long[])counts!;
    }

    /// <summary>Counts a try that succeeded, the first of its account within the window.</summary>
    public Task SucceededAsync(TenantId tenant, string account, TimeSpan window, DateTimeOffset now, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [Key(tenant, "tenant", string.Empty), LevelKey(tenant, "tenant", string.Empty), Key(tenant, "succeeded", account)];
        RedisValue[] arguments = [(long)window.TotalMilliseconds, now.ToUnixTimeMilliseconds()];
        return _redis.RunLooseAsync(database => database.ScriptEvaluateAsync(Succeed, keys, arguments), cancellationToken);
    }

    /// <summary>Raises a level for a while, and says what it was before.</summary>
    public async Task<int> RaiseAsync(TenantId tenant, string kind, string subject, int level, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [LevelKey(tenant, kind, subject)];
        RedisValue[] arguments = [level, (long)lifetime.TotalMilliseconds];
        return (int)await _redis.RunAsync(database => database.ScriptEvaluateAsync(Lift, keys, arguments), cancellationToken);
    }

    /// <summary>The levels of some subjects, 0 where there is none.</summary>
    public async Task<int[]> LevelsAsync(TenantId tenant, IReadOnlyList<(string Kind, string Subject)> subjects, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [.. subjects.Select(one => (RedisKey)LevelKey(tenant, one.Kind, one.Subject))];
        var values = await _redis.RunLooseAsync(database => database.StringGetAsync(keys), cancellationToken);
        return [.. values.Select(value => value.TryParse(out int level) ? level : 0)];
    }

    private static string Key(TenantId tenant, string purpose, string subject) => RedisKeys.For(tenant, "attack", purpose, subject);

    private static string LevelKey(TenantId tenant, string kind, string subject) => RedisKeys.For(Owner(tenant, kind), "attack", "level-" + kind, subject);

    // A client network belongs to no tenant: whoever may choose the tenant would else have as many tries as there are tenants.
    private static TenantId Owner(TenantId tenant, string kind) => kind == Network ? TenantId.Default : tenant;
}
