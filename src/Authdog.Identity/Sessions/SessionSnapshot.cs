using System.Collections.Concurrent;

namespace Authdog.Identity.Sessions;

/// <summary>In-process copies of sessions: bounded in number and age, dropped by invalidation.</summary>
/// <remarks>
/// A copy that was read before an invalidation and arrives after it must not stay. Each invalidation therefore raises its stripe's mark, a
/// reader notes the mark before reading, and what was read under an older mark is not kept (B11).
/// </remarks>
internal sealed class SessionSnapshot(TimeSpan lifetime, int capacity)
{
    private const int Stripes = 256;
    private static readonly TimeSpan s_standby = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_unusedFor = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<SessionFingerprint, Entry> _entries = new();
    private readonly long[] _marks = new long[Stripes];
    private long _epoch;
    private long _count;

    /// <summary>A copy of one session.</summary>
    internal sealed class Entry(SessionLookup.Found found, long seen, DateTimeOffset loadedAt, long epoch)
    {
        private long _seen = seen;

        public SessionLookup.Found Found { get; } = found;

        public DateTimeOffset LoadedAt { get; } = loadedAt;

        public long Epoch { get; } = epoch;

        /// <summary>Last use that the store knows of, in Unix milliseconds.</summary>
        public long Seen => Volatile.Read(ref _seen);

        /// <summary>Claims the right to write a new last use; one caller gets it.</summary>
        public bool TryAdvance(long from, long to) => Interlocked.CompareExchange(ref _seen, to, from) == from;
    }

    public long Mark(SessionFingerprint key) => Volatile.Read(ref _marks[key.Stripe(Stripes)]);

    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>The copy, whatever its age; null when there is none.</summary>
    public Entry? Find(SessionFingerprint key) => _entries.GetValueOrDefault(key);

    /// <summary>Whether a copy is young enough to stand for the store.</summary>
    public bool IsYoung(Entry entry, DateTimeOffset now) => now - entry.LoadedAt is var age && age >= TimeSpan.Zero && age < lifetime;

    /// <summary>Whether a copy is young and no message can have been missed since it was made.</summary>
    /// <remarks>Other nodes' revocations travel through Redis: a copy of what is kept elsewhere is fresh for a second.</remarks>
    public bool IsFresh(SessionFingerprint key, Entry entry, DateTimeOffset now) => IsYoung(entry, now) && entry.Epoch == Epoch && (!key.IsStandby || now - entry.LoadedAt < s_standby);

    /// <summary>Keeps what was read under a mark, and returns it; the session instance stays the same while its version does.</summary>
    public Entry Keep(SessionFingerprint key, Session session, long seen, DateTimeOffset loadedAt, long mark, long epoch)
    {
        var before = Find(key);
        var found = before is not null && before.Found.Session.Version == session.Version ? before.Found : new SessionLookup.Found(session);
        var entry = new Entry(found, seen, loadedAt, epoch);
        if (before is null && Interlocked.Read(ref _count) >= capacity)
        {
            Sweep(loadedAt);
        }

        if (before is null ? _entries.TryAdd(key, entry) : _entries.TryUpdate(key, entry, before))
        {
            if (before is null)
            {
                Interlocked.Increment(ref _count);
            }

            // Checked after the entry is visible: an invalidation either finds the entry or has raised the mark before.
            if (Mark(key) != mark)
            {
                Remove(key);
            }
        }

        return entry;
    }

    public void Invalidate(SessionFingerprint key)
    {
        Interlocked.Increment(ref _marks[key.Stripe(Stripes)]);
        Remove(key);
    }

    /// <summary>Messages may have been missed: every copy must be read again, but serves for the rest of its age if the store is away.</summary>
    public void Doubt() => Interlocked.Increment(ref _epoch);

    public void Remove(SessionFingerprint key)
    {
        if (_entries.TryRemove(key, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (key, entry) in _entries)
        {
            // Entries in use are replaced every few seconds; the rest belongs to browsers that have gone quiet.
            if (now - entry.LoadedAt > s_unusedFor)
            {
                Remove(key);
            }
        }

        if (Interlocked.Read(ref _count) >= capacity)
        {
            // All in use: make room for an eighth, so that sweeping stays rare.
            foreach (var (key, _) in _entries.Take(Math.Max(1, capacity / 8)))
            {
                Remove(key);
            }
        }
    }
}
