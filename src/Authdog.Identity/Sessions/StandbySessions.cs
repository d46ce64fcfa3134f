using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Standby;

namespace Authdog.Identity.Sessions;

/// <summary>Sessions that were begun while Redis was away: in the directory, for their whole life.</summary>
internal sealed class StandbySessions(StandbyStore standby, TimeProvider time)
{
    private const string Kind = "session";

    // Of a session that could not be ended in Redis when another took its place.
    private const string Ending = "ending";
    private static readonly TimeSpan s_longestLife = TimeSpan.FromDays(400);

    /// <summary>Whether sessions may be begun here.</summary>
    public bool IsEnabled => standby.IsEnabled;

    /// <summary>Stores a new session.</summary>
    public async Task IssueAsync(Session session, TimeSpan idle, CancellationToken cancellationToken)
    {
        var now = session.CreatedAt;
        var stored = new Stored(FixedPart.Of(session), SessionProfile.Of(session), now.ToUnixTimeMilliseconds());
        var ends = session.AbsoluteExpiresAt < now + idle ? session.AbsoluteExpiresAt : now + idle;
        if (!await standby.TryCreateAsync(session.Tenant, Kind, session.Id.Value, session.User.Value, StoredJson.Write(stored), ends, cancellationToken))
        {
            throw new InvalidOperationException("A session of this id exists.");
        }
    }

    /// <summary>Keeps in mind that a session of Redis has to end as soon as Redis is back: another took its place.</summary>
    public Task EndLaterAsync(TenantId tenant, SessionId session, CancellationToken cancellationToken) =>
        standby.TryCreateAsync(tenant, Ending, session.Value, null, [], time.GetUtcNow() + s_longestLife, cancellationToken);

    /// <summary>Ends what has to end. Done by every node, which does no harm.</summary>
    public async Task EndNowAsync(Func<SessionId, CancellationToken, Task<bool>> end, CancellationToken cancellationToken)
    {
        foreach (var record in await standby.ListAsync(Ending, most: 10_000, cancellationToken))
        {
            await end(new SessionId(record.Id), cancellationToken);
            await standby.DeleteAsync(record.TenantId, Ending, [record.Id], cancellationToken);
        }
    }

    /// <summary>The session and its last use (Unix milliseconds); null when there is none.</summary>
    public async Task<(Session Session, long Seen)?> ReadAsync(SessionId id, CancellationToken cancellationToken) =>
        await standby.FindAnywhereAsync(Kind, id.Value, cancellationToken) is { } record
        && StoredJson.Read<Stored>(record.Value) is { Profile.Roles.IsDefault: false } stored
        && stored.Part.ToSession(id) is { } session
        && session.Tenant == record.TenantId
            ? (stored.Profile.On(session) with { Version = record.Version }, stored.Seen)
            : null;

    /// <summary>Writes the last use; false when the session is gone.</summary>
    public async Task<bool> TouchAsync(SessionId id, long seen, TimeSpan left, CancellationToken cancellationToken) =>
        await ChangeAsync(id, stored => stored with { Seen = seen }, _ => time.GetUtcNow() + left, cancellationToken);

    /// <summary>Whose it is; null when there is none.</summary>
    public async Task<(TenantId Tenant, UserId User)?> OwnerAsync(SessionId id, CancellationToken cancellationToken) =>
        await standby.FindAnywhereAsync(Kind, id.Value, cancellationToken) is { UserId: { } user } record ? (record.TenantId, new UserId(user)) : null;

    /// <summary>Ids of a user's sessions.</summary>
    public async Task<IReadOnlyList<SessionId>> IdsAsync(TenantId tenant, UserId user, CancellationToken cancellationToken) =>
        [.. (await standby.ListAsync(tenant, Kind, user.Value, cancellationToken)).Select(static record => new SessionId(record.Id))];

    /// <summary>Ends sessions and returns how many there were.</summary>
    public Task<int> RevokeAsync(TenantId tenant, IReadOnlyCollection<SessionId> ids, CancellationToken cancellationToken) =>
        standby.DeleteAsync(tenant, Kind, [.. ids.Select(static id => id.Value)], cancellationToken);

    /// <summary>Replaces what a user's sessions say about them, and returns how many there were.</summary>
    public async Task<int> ReplaceProfileAsync(IReadOnlyCollection<SessionId> ids, SessionProfile profile, CancellationToken cancellationToken)
    {
        var live = 0;
        foreach (var id in ids)
        {
            live += await ChangeAsync(id, stored => stored with { Profile = profile }, static record => record.ExpiresAt, cancellationToken) ? 1 : 0;
        }

        return live;
    }

    // A last use and a new profile at once: the second reads again what the first wrote.
    private async Task<bool> ChangeAsync(SessionId id, Func<Stored, Stored> change, Func<StandbyRecord, DateTimeOffset> ends, CancellationToken cancellationToken)
    {
        while (await standby.FindAnywhereAsync(Kind, id.Value, cancellationToken) is { } record && StoredJson.Read<Stored>(record.Value) is { } stored)
        {
            if (await standby.TryUpdateAsync(record.TenantId, Kind, id.Value, record.Version, StoredJson.Write(change(stored)), ends(record), cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Stored(FixedPart Part, SessionProfile Profile, long Seen);
}
