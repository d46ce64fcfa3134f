using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sessions;

/// <summary>Issues, finds, refreshes and revokes sessions in Redis, with an in-process snapshot in front.</summary>
/// <remarks>Writes throw <see cref="StoreUnavailableException"/> when the store cannot be reached: what was not stored was not done.</remarks>
public sealed class SessionStore
{
    private const string Topic = "session";
    private readonly SessionRecords _records;
    private readonly SessionSnapshot _snapshot;
    private readonly SessionFinder _finder;
    private readonly InvalidationChannel _invalidation;
    private readonly TenantTerms _terms;
    private readonly TimeProvider _clock;
    private readonly StandbySessions? _standby;

    internal SessionStore(RedisConnection redis, InvalidationChannel invalidation, IOptions<SessionOptions> options, TenantTerms terms, TimeProvider clock, StandbySessions? standby = null)
    {
        _terms = terms;
        _clock = clock;
        _invalidation = invalidation;
        _standby = standby;
        _records = new SessionRecords(redis, standby);
        _snapshot = new SessionSnapshot(options.Value.SnapshotLifetime, options.Value.SnapshotCapacity);
        _finder = new SessionFinder(_records, _snapshot, terms, clock);
    }

    /// <summary>Whether somebody can sign in anew while Redis is away.</summary>
    public bool HasStandby => _standby is { IsEnabled: true };

    /// <summary>Begins a session under a new random token. With <paramref name="replaces"/>, that session ends in the same step (new id at each rise, I12).</summary>
    public async Task<(SessionToken Token, Session Session)> IssueAsync(NewSession session, SessionId? replaces, CancellationToken cancellationToken)
    {
        var terms = await _terms.FindAsync(session.Tenant, cancellationToken) is { IsOpen: true } open
            ? open
            : throw new InvalidOperationException("A session is begun in a tenant that is shut or does not exist.");
        var token = SessionToken.New();
        (Session Session, long Count) issued;
        try
        {
            issued = await _records.IssueAsync(session.Begin(token.Id, terms, _clock.GetUtcNow()), replaces is { IsStandby: true } ? null : replaces, terms.IdleTimeout, cancellationToken);
        }
        catch (StoreUnavailableException) when (HasStandby)
        {
            return await IssueInStandbyAsync(session, replaces, terms, cancellationToken);
        }

        if (replaces is { } old)
        {
            await (old.IsStandby ? RevokeAsync(old, cancellationToken) : InvalidateAsync([old], cancellationToken));
        }

        if (issued.Count > terms.MaximumPerUser)
        {
            await TrimAsync(issued.Session, await _records.IdsAsync(session.Tenant, session.User, cancellationToken), terms, cancellationToken);
        }

        return (token, issued.Session);
    }

    /// <summary>Finds the live session of a cookie value and, at most once per tenth of the idle time, marks it as used.</summary>
    public ValueTask<SessionLookup> FindAsync(string? cookie, CancellationToken cancellationToken) => _finder.FindAsync(cookie, cancellationToken);

    /// <summary>All live sessions of a user, newest first.</summary>
    public async Task<IReadOnlyList<Session>> ListAsync(TenantId tenant, UserId user, CancellationToken cancellationToken) =>
        [.. (await ListUsesAsync(tenant, user, cancellationToken)).Select(use => use.Session)];

    /// <summary>The same with the last use of each.</summary>
    public async Task<IReadOnlyList<SessionUse>> ListUsesAsync(TenantId tenant, UserId user, CancellationToken cancellationToken) =>
        await _terms.FindAsync(tenant, cancellationToken) is { } terms
            ? await ReadAsync(tenant, user, await _records.IdsAsync(tenant, user, cancellationToken), terms, cancellationToken)
            : [];

    /// <summary>Ends one session on every node; true when there was one.</summary>
    public async Task<bool> RevokeAsync(SessionId session, CancellationToken cancellationToken) =>
        SessionFingerprint.TryFromId(session, out var key)
        && key.ToId() is var id
        && await _records.OwnerAsync(id, cancellationToken) is { } owner
        && await RevokeAsync(owner.Tenant, owner.User, [id], cancellationToken) > 0;

    /// <summary>Ends those of a user's sessions that <paramref name="which"/> chooses, together and on every node, and returns how many.</summary>
    public async Task<int> RevokeAsync(TenantId tenant, UserId user, Predicate<Session> which, CancellationToken cancellationToken) =>
        await RevokeAsync(tenant, user, [.. (await ListAsync(tenant, user, cancellationToken)).Where(session => which(session)).Select(static session => session.Id)], cancellationToken);

    /// <summary>Ends all sessions of a user (but one, if named) on every node and returns how many.</summary>
    public async Task<int> RevokeAllAsync(TenantId tenant, UserId user, SessionId? except, CancellationToken cancellationToken)
    {
        // First what can be ended even while Redis is away.
        var ended = await RevokeAsync(tenant, user, [.. (await _records.StandbyIdsAsync(tenant, user, cancellationToken)).Where(id => id != except)], cancellationToken);

        // Again until the index is empty: a sign-in that ran beside the first pass is caught by the second.
        for (var pass = 0; pass < 5; pass++)
        {
            var ids = (await _records.IdsAsync(tenant, user, cancellationToken)).Where(id => id != except).ToList();
            if (ids.Count == 0)
            {
                break;
            }

            ended += await RevokeAsync(tenant, user, ids, cancellationToken);
        }

        return ended;
    }

    /// <summary>Replaces what the user's live sessions say about them, on every node, and returns how many there were.</summary>
    public async Task<int> UpdateProfileAsync(TenantId tenant, UserId user, SessionProfile profile, CancellationToken cancellationToken)
    {
        var ids = await _records.IdsAsync(tenant, user, cancellationToken);
        var live = await _records.ReplaceProfileAsync(tenant, user, profile, ids, cancellationToken);
        await InvalidateAsync(ids, cancellationToken);
        return live;
    }

    /// <summary>Deletes every session of a tenant that is shut already: its users find none any more.</summary>
    internal Task EraseAsync(TenantId tenant, CancellationToken cancellationToken) => _records.EraseAsync(tenant, cancellationToken);

    /// <summary>Throws unless the store answers.</summary>
    internal Task CheckAsync(CancellationToken cancellationToken) => _records.CheckAsync(cancellationToken);

    /// <summary>Listens to what other nodes change.</summary>
    internal Task StartAsync(CancellationToken cancellationToken) => _invalidation.SubscribeAsync(
        Topic,
        id =>
        {
            if (SessionFingerprint.TryFromId(new SessionId(id), out var key))
            {
                _snapshot.Invalidate(key);
            }
        },
        _snapshot.Doubt,
        cancellationToken);

    private async Task<(SessionToken Token, Session Session)> IssueInStandbyAsync(NewSession session, SessionId? replaces, SessionTerms terms, CancellationToken cancellationToken)
    {
        // Under another token than the one that Redis was given: it may have stored that before it fell silent.
        var token = SessionToken.New(forStandby: true);
        var begun = session.Begin(token.Id, terms, _clock.GetUtcNow());
        await _standby!.IssueAsync(begun, terms.IdleTimeout, cancellationToken);
        if (replaces is { IsStandby: true } old)
        {
            await RevokeAsync(old, cancellationToken);
        }
        else if (replaces is { } unreachable)
        {
            await _standby.EndLaterAsync(session.Tenant, unreachable, cancellationToken);
            Forget(unreachable);
        }

        var ids = await _records.StandbyIdsAsync(begun.Tenant, begun.User, cancellationToken);
        if (ids.Count > terms.MaximumPerUser)
        {
            await TrimAsync(begun, ids, terms, cancellationToken);
        }

        return (token, begun);
    }

    // Those that ended by themselves leave the index too, or they would be read again at each sign-in to come.
    private async Task TrimAsync(Session session, IReadOnlyList<SessionId> ids, SessionTerms terms, CancellationToken cancellationToken)
    {
        var live = await ReadAsync(session.Tenant, session.User, ids, terms, cancellationToken);
        await RevokeAsync(session.Tenant, session.User, [.. ids.Except(live.Take(terms.MaximumPerUser).Select(static use => use.Session.Id))], cancellationToken);
    }

    /// <summary>Ends the sessions in whose place others were begun while Redis was away.</summary>
    internal Task EndReplacedAsync(CancellationToken cancellationToken) => HasStandby ? _standby!.EndNowAsync(RevokeAsync, cancellationToken) : Task.CompletedTask;

    private void Forget(SessionId id)
    {
        if (SessionFingerprint.TryFromId(id, out var key))
        {
            _snapshot.Invalidate(key);
        }
    }

    private async Task<IReadOnlyList<SessionUse>> ReadAsync(TenantId tenant, UserId user, IReadOnlyList<SessionId> ids, SessionTerms terms, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var read = await Task.WhenAll(ids.Select(id => _records.ReadAsync(id, cancellationToken)));
        return [.. read.OfType<(Session Session, long Seen)>()
            .Where(r => terms.Allow(r.Session, r.Seen, now) && r.Session.Tenant == tenant && r.Session.User == user)
            .OrderByDescending(r => r.Session.CreatedAt)
            .Select(r => new SessionUse(r.Session, DateTimeOffset.FromUnixTimeMilliseconds(r.Seen)))];
    }

    private async Task<int> RevokeAsync(TenantId tenant, UserId user, List<SessionId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return 0;
        }

        var ended = await _records.RevokeAsync(tenant, user, ids, cancellationToken);
        await InvalidateAsync(ids, cancellationToken);
        return ended;
    }

    private async Task InvalidateAsync(IEnumerable<SessionId> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            Forget(id);
        }

        // Nobody's copy of a session of the standby is older than a second: there nothing has to be told.
        await Task.WhenAll(ids.Where(static id => !id.IsStandby).Select(id => _invalidation.PublishAsync(Topic, id.Value, cancellationToken)));
    }
}
