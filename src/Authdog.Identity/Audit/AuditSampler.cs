using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Authdog.Identity.Audit;

/// <summary>Lets one of many equal events through a minute, and counts the rest: a flood of refusals must not become a flood of rows.</summary>
internal sealed class AuditSampler(TimeProvider time)
{
    private const int MaxSubjects = 10_000;
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Seen> _seen = new(StringComparer.Ordinal);

    /// <summary>Whether the event is to be written, and how many of its kind were left out since the last one.</summary>
    public bool Take(string subject, out int leftOut)
    {
        var now = time.GetUtcNow();
        if (_seen.Count >= MaxSubjects)
        {
            Forget(now);
        }

        var seen = _seen.GetOrAdd(subject, static _ => new Seen());
        lock (seen)
        {
            if (now < seen.NotBefore)
            {
                seen.LeftOut++;
                leftOut = 0;
                return false;
            }

            (leftOut, seen.LeftOut, seen.NotBefore) = (seen.LeftOut, 0, now + s_pause);
            return true;
        }
    }

    // Whoever invents subjects without end gets the memory emptied, not filled: then some events are written that could have been left out.
    private void Forget(DateTimeOffset now)
    {
        foreach (var (subject, seen) in _seen)
        {
            if (seen.NotBefore <= now)
            {
                _seen.TryRemove(subject, out _);
            }
        }

        if (_seen.Count >= MaxSubjects)
        {
            _seen.Clear();
        }
    }

    [SuppressMessage("Performance", "CA1812", Justification = "Made by GetOrAdd.")]
    private sealed class Seen
    {
        public DateTimeOffset NotBefore { get; set; }

        public int LeftOut { get; set; }
    }
}
