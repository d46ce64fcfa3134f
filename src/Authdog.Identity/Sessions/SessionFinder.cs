using Authdog.Identity.Redis;
using Authdog.Identity.Tenants;

namespace Authdog.Identity.Sessions;

/// <summary>Finds the session of a cookie: in this node's copies while they are fresh, in the store otherwise.</summary>
internal sealed class SessionFinder(SessionRecords records, SessionSnapshot snapshot, TenantTerms tenants, TimeProvider clock)
{
    private readonly SessionReader _reader = new(records, snapshot, clock);

    /// <summary>Finds the live session of a cookie value and, at most once per tenth of the idle time, marks it as used.</summary>
    public ValueTask<SessionLookup> FindAsync(string? cookie, CancellationToken cancellationToken)
    {
        if (!SessionFingerprint.TryFromCookie(cookie, out var key))
        {
            return new(SessionLookup.Absent.Instance);
        }

        var now = clock.GetUtcNow();
        return snapshot.Find(key) is { } entry && snapshot.IsFresh(key, entry, now)
            && tenants.Find(entry.Found.Session.Tenant) is { } terms
            && terms.Allow(entry.Found.Session, entry.Seen, now) && !terms.IsTouchDue(entry.Seen, now)
            ? new(entry.Found)
            : new(FindInStoreAsync(key, now, cancellationToken));
    }

    private async Task<SessionLookup> FindInStoreAsync(SessionFingerprint key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var entry = snapshot.Find(key);
        if (entry is null || !snapshot.IsFresh(key, entry, now))
        {
            var answer = await _reader.ReadAsync(key, cancellationToken);
            if (answer.Unavailable)
            {
                // Dropped by invalidation meanwhile: then it is not there to be found again.
                entry = snapshot.Find(key);
                return entry is not null && snapshot.IsYoung(entry, now) && tenants.Find(entry.Found.Session.Tenant)?.Allow(entry.Found.Session, entry.Seen, now) == true
                    ? entry.Found
                    : SessionLookup.StoreUnavailable.Instance;
            }

            entry = answer.Entry;
        }

        try
        {
            return await JudgeAsync(key, entry, now, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // The directory: what the tenant allows is not known.
            return SessionLookup.StoreUnavailable.Instance;
        }
    }

    private async Task<SessionLookup> JudgeAsync(SessionFingerprint key, SessionSnapshot.Entry? entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (entry is null || await TermsAsync(entry, cancellationToken) is not { } terms || !terms.Allow(entry.Found.Session, entry.Seen, now))
        {
            return SessionLookup.Absent.Instance;
        }

        return terms.IsTouchDue(entry.Seen, now) ? await TouchAsync(key, entry, terms, now, cancellationToken) : entry.Found;
    }

    private async ValueTask<SessionTerms?> TermsAsync(SessionSnapshot.Entry entry, CancellationToken cancellationToken)
    {
        var tenant = entry.Found.Session.Tenant;
        return tenants.Find(tenant) ?? await tenants.FindAsync(tenant, cancellationToken);
    }

    private async Task<SessionLookup> TouchAsync(SessionFingerprint key, SessionSnapshot.Entry entry, SessionTerms terms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var session = entry.Found.Session;
        var seen = entry.Seen;
        var left = session.AbsoluteExpiresAt - now;
        if (!terms.IsTouchDue(seen, now) || !entry.TryAdvance(seen, now.ToUnixTimeMilliseconds()))
        {
            return entry.Found;
        }

        try
        {
            if (await records.TouchAsync(session.Id, now.ToUnixTimeMilliseconds(), left < terms.IdleTimeout ? left : terms.IdleTimeout, cancellationToken))
            {
                return entry.Found;
            }

            snapshot.Invalidate(key);
            return SessionLookup.Absent.Instance;
        }
        catch (StoreUnavailableException)
        {
            // The copy is good for its few seconds; the next reading finds the old time and tries again.
            return entry.Found;
        }
    }
}
