using System.Collections.Concurrent;
using Authdog.Identity.Redis;

namespace Authdog.Identity.Sessions;

/// <summary>Reads sessions from the store into the snapshot, one read at a time for each session however many requests wait for it.</summary>
internal sealed class SessionReader(SessionRecords records, SessionSnapshot snapshot, TimeProvider clock)
{
    private readonly ConcurrentDictionary<SessionFingerprint, Reading> _readings = new();

    /// <summary>What a reading gave: an entry, nothing, or no answer.</summary>
    internal readonly record struct Answer(SessionSnapshot.Entry? Entry, bool Unavailable);

    public Task<Answer> ReadAsync(SessionFingerprint key, CancellationToken cancellationToken)
    {
        // A reading that began before an invalidation must not answer who asks after it.
        var mark = snapshot.Mark(key);
        var reading = _readings.AddOrUpdate(
            key,
            static (_, state) => new Reading(state.Reader, state.Key, state.Mark),
            static (_, running, state) => running.Mark == state.Mark ? running : new Reading(state.Reader, state.Key, state.Mark),
            (Reader: this, Key: key, Mark: mark));
        return reading.RunAsync().WaitAsync(cancellationToken);
    }

    private async Task<Answer> ReadStoreAsync(SessionFingerprint key, Reading reading)
    {
        var epoch = snapshot.Epoch;
        var now = clock.GetUtcNow();
        try
        {
            // Not the caller's token: others wait for this, and the store's own time limit bounds it.
            if (await records.ReadAsync(key.ToId(), CancellationToken.None) is { } read)
            {
                return new Answer(snapshot.Keep(key, read.Session, read.Seen, now, reading.Mark, epoch), Unavailable: false);
            }

            snapshot.Remove(key);
            return default;
        }
        catch (StoreUnavailableException)
        {
            return new Answer(null, Unavailable: true);
        }
        finally
        {
            _readings.TryRemove(KeyValuePair.Create(key, reading));
        }
    }

    /// <summary>One reading, begun by whoever asks first.</summary>
    private sealed class Reading(SessionReader reader, SessionFingerprint key, long mark)
    {
        private readonly TaskCompletionSource<Answer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _begun;

        public long Mark { get; } = mark;

        public Task<Answer> RunAsync()
        {
            if (Interlocked.Exchange(ref _begun, 1) == 0)
            {
                _ = reader.ReadStoreAsync(key, this).ContinueWith(
                    reading => _answer.SetFromTask(reading),
                    CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }

            return _answer.Task;
        }
    }
}
