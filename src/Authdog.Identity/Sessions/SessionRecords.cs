using System.Collections.Immutable;
using System.Globalization;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using StackExchange.Redis;

namespace Authdog.Identity.Sessions;

/// <summary>Sessions as they lie in Redis: one hash each (the part fixed at sign-in, the profile, version, last use) and per user a sorted set of ids by end of life. Every write that touches both is one script.</summary>
internal sealed class SessionRecords(RedisConnection redis, StandbySessions? standby = null)
{
    private const string Issue = """
        local profile = redis.call('GET', KEYS[3]) or ARGV[2]
        if KEYS[4] then
          redis.call('DEL', KEYS[4])
          redis.call('ZREM', KEYS[5] or KEYS[2], ARGV[9])
        end
        redis.call('HSET', KEYS[1], 'a', ARGV[1], 'p', profile, 'v', '1', 's', ARGV[3], 't', ARGV[7], 'u', ARGV[8])
        redis.call('PEXPIRE', KEYS[1], ARGV[4])
        redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[3])
        redis.call('ZADD', KEYS[2], ARGV[5], ARGV[6])
        redis.call('PEXPIRE', KEYS[2], ARGV[10])
        return { redis.call('ZCARD', KEYS[2]), profile }
        """;

    private const string Touch = """
        if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
        redis.call('HSET', KEYS[1], 's', ARGV[1])
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return 1
        """;

    private const string Revoke = """
        local ended = 0
        for i = 2, #KEYS do
          ended = ended + redis.call('DEL', KEYS[i])
          redis.call('ZREM', KEYS[1], ARGV[i - 1])
        end
        return ended
        """;

    private const string Replace = """
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        local live = 0
        for i = 2, #KEYS do
          if redis.call('EXISTS', KEYS[i]) == 1 then
            redis.call('HSET', KEYS[i], 'p', ARGV[1])
            redis.call('HINCRBY', KEYS[i], 'v', 1)
            live = live + 1
          end
        end
        return live
        """;

    /// <summary>How long a new profile also wins over the one that a sign-in under way has read from the directory before the change (B11).</summary>
    private static readonly TimeSpan s_recent = TimeSpan.FromSeconds(30);

    private static readonly RedisValue[] s_fields = ["a", "p", "v", "s"];
    private static readonly RedisValue[] s_owner = ["t", "u"];

    // Ids of the standby are looked for there alone; without one nobody has such an id.
    private StandbySessions? Standby(SessionId id) => id.IsStandby ? standby : null;

    public Task CheckAsync(CancellationToken cancellationToken) => redis.RunLooseAsync(database => database.PingAsync(), cancellationToken);

    /// <summary>Stores a new session (ending the one it replaces) and returns it as stored, with the user's count of sessions.</summary>
    public async Task<(Session Session, long Count)> IssueAsync(Session session, SessionId? replaces, TimeSpan idle, CancellationToken cancellationToken)
    {
        var index = IndexKey(session.Tenant, session.User);
        var keys = new List<RedisKey> { Key(session.Id), index, ProfileKey(session.Tenant, session.User) };
        if (replaces is { } old && await OwnerAsync(old, cancellationToken) is { } owner)
        {
            keys.Add(Key(old));
            var oldIndex = IndexKey(owner.Tenant, owner.User);
            if (oldIndex != index)
            {
                keys.Add(oldIndex);
            }
        }

        var life = session.AbsoluteExpiresAt - session.CreatedAt;
        RedisKey[] scriptKeys = [.. keys];
        RedisValue[] arguments =
        [
            StoredJson.Write(FixedPart.Of(session)),
            StoredJson.Write(SessionProfile.Of(session)),
            session.CreatedAt.ToUnixTimeMilliseconds(),
            Milliseconds(idle < life ? idle : life),
            session.AbsoluteExpiresAt.ToUnixTimeMilliseconds(),
            session.Id.Value,
            session.Tenant.Value,
            session.User.ToString(),
            replaces?.Value ?? string.Empty,
            Milliseconds(life),
        ];
        var result = (RedisResult[])(await redis.RunAsync(database => database.ScriptEvaluateAsync(Issue, scriptKeys, arguments), cancellationToken))!;
        return (With(session, StoredJson.Read<SessionProfile>((byte[]?)result[1]), 1), (long)result[0]);
    }

    /// <summary>The session and its last use (Unix milliseconds); null when there is none or it cannot be read (B6).</summary>
    public async Task<(Session Session, long Seen)?> ReadAsync(SessionId id, CancellationToken cancellationToken)
    {
        if (Standby(id) is { } other)
        {
            return await other.ReadAsync(id, cancellationToken);
        }

        var values = await redis.RunLooseAsync(database => database.HashGetAsync(Key(id), s_fields), cancellationToken);
        return StoredJson.Read<FixedPart>(values[0]) is { } part
            && part.ToSession(id) is { } session
            && StoredJson.Read<SessionProfile>(values[1]) is { Roles.IsDefault: false } profile
            && values[2].TryParse(out long version)
            && values[3].TryParse(out long seen)
            ? (With(session, profile, version), seen)
            : null;
    }

    /// <summary>Writes the last use; false when the session is gone, which it then stays.</summary>
    public async Task<bool> TouchAsync(SessionId id, long seen, TimeSpan left, CancellationToken cancellationToken)
    {
        if (Standby(id) is { } other)
        {
            return await other.TouchAsync(id, seen, left, cancellationToken);
        }

        RedisKey[] keys = [Key(id)];
        RedisValue[] arguments = [seen, Milliseconds(left)];
        return (int)await redis.RunLooseAsync(database => database.ScriptEvaluateAsync(Touch, keys, arguments), cancellationToken) == 1;
    }

    /// <summary>Whose session it is; null when there is none.</summary>
    public async Task<(TenantId Tenant, UserId User)?> OwnerAsync(SessionId id, CancellationToken cancellationToken)
    {
        if (Standby(id) is { } other)
        {
            return await other.OwnerAsync(id, cancellationToken);
        }

        var values = await redis.RunLooseAsync(database => database.HashGetAsync(Key(id), s_owner), cancellationToken);
        return TenantId.TryParse(values[0], out var tenant) && UserId.TryParse(values[1], out var user) ? (tenant, user) : null;
    }

    /// <summary>Ids in the user's index; some may have ended.</summary>
    public async Task<IReadOnlyList<SessionId>> IdsAsync(TenantId tenant, UserId user, CancellationToken cancellationToken)
    {
        var members = await redis.RunLooseAsync(database => database.SortedSetRangeByRankAsync(IndexKey(tenant, user)), cancellationToken);
        return [.. await StandbyIdsAsync(tenant, user, cancellationToken), .. members.Select(member => new SessionId(member.ToString()))];
    }

    /// <summary>Those of them that are kept in the directory.</summary>
    public async Task<IReadOnlyList<SessionId>> StandbyIdsAsync(TenantId tenant, UserId user, CancellationToken cancellationToken) =>
        standby is { IsEnabled: true } ? await standby.IdsAsync(tenant, user, cancellationToken) : [];

    public async Task<int> RevokeAsync(TenantId tenant, UserId user, IReadOnlyList<SessionId> all, CancellationToken cancellationToken)
    {
        // First what can be ended even while Redis is away.
        var (here, ids) = (all.Where(static id => id.IsStandby).ToList(), all.Where(static id => !id.IsStandby).ToList());
        var ended = here.Count > 0 && standby is not null ? await standby.RevokeAsync(tenant, here, cancellationToken) : 0;
        if (ids.Count == 0)
        {
            return ended;
        }

        RedisKey[] keys = [IndexKey(tenant, user), .. ids.Select(Key)];
        RedisValue[] arguments = [.. ids.Select(id => (RedisValue)id.Value)];
        return ended + (int)await redis.RunAsync(database => database.ScriptEvaluateAsync(Revoke, keys, arguments), cancellationToken);
    }

    public async Task<int> ReplaceProfileAsync(TenantId tenant, UserId user, SessionProfile profile, IReadOnlyList<SessionId> all, CancellationToken cancellationToken)
    {
        var (here, ids) = (all.Where(static id => id.IsStandby).ToList(), all.Where(static id => !id.IsStandby).ToList());
        var live = here.Count > 0 && standby is not null ? await standby.ReplaceProfileAsync(here, profile, cancellationToken) : 0;
        RedisKey[] keys = [ProfileKey(tenant, user), .. ids.Select(Key)];
        RedisValue[] arguments = [StoredJson.Write(profile), Milliseconds(s_recent)];
        return live + (int)await redis.RunAsync(database => database.ScriptEvaluateAsync(Replace, keys, arguments), cancellationToken);
    }

    /// <summary>Deletes all sessions of a tenant; the indexes that name them go with the tenant's other keys.</summary>
    public async Task EraseAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        foreach (var index in await new TenantKeys(redis).ListAsync(tenant, "sessions:", cancellationToken))
        {
            var members = await redis.RunLooseAsync(database => database.SortedSetRangeByRankAsync(index), cancellationToken);
            if (members.Length > 0)
            {
                await redis.RunAsync(database => database.KeyDeleteAsync([.. members.Select(member => Key(new SessionId(member.ToString())))]), cancellationToken);
            }
        }
    }

    // The id is the hash of 256 random bits: it names one session of one tenant.
    private static RedisKey Key(SessionId id) => "authdog:session:" + id.Value;

    private static string IndexKey(TenantId tenant, UserId user) => $"authdog:{tenant.Value}:sessions:{user}";

    private static RedisKey ProfileKey(TenantId tenant, UserId user) => $"authdog:{tenant.Value}:profile:{user}";

    private static long Milliseconds(TimeSpan time) => Math.Max(1, (long)time.TotalMilliseconds);

    private static Session With(Session session, SessionProfile? profile, long version) => (profile?.On(session) ?? session) with { Version = version };
}
