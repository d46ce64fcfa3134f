namespace Authdog.Identity.Redis;

/// <summary>Whether a store that is still connected has fallen silent: known to all operations, so that not each of them waits its full time to find out.</summary>
/// <remarks>A lost connection needs none of this: it fails at once. One late answer is no silence: a slow command proves nothing while others are answered.</remarks>
internal sealed class StoreSilence(TimeProvider time)
{
    /// <summary>So many operations in a row without an answer are a silence.</summary>
    public const int Unanswered = 2;

    /// <summary>How often one operation finds out whether the store answers again; all others do not wait for it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private int _unanswered;
    private long? _askedAt;

    /// <summary>Whether an operation may ask the store now.</summary>
    public bool MayAsk()
    {
        if (Volatile.Read(ref _unanswered) < Unanswered)
        {
            return true;
        }

        lock (_gate)
        {
            if (_askedAt is { } asked && time.GetElapsedTime(asked) < Pause)
            {
                return false;
            }

            _askedAt = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>An operation waited in vain; true when the silence begins with it.</summary>
    public bool NotAnswered()
    {
        lock (_gate)
        {
            _askedAt = time.GetTimestamp();
            _unanswered = Math.Min(_unanswered + 1, Unanswered + 1);
            return _unanswered == Unanswered;
        }
    }

    /// <summary>The store answered, if only with a refusal; true when a silence ends with it.</summary>
    public bool Answered()
    {
        if (Volatile.Read(ref _unanswered) == 0)
        {
            return false;
        }

        lock (_gate)
        {
            var ends = _unanswered >= Unanswered;
            _unanswered = 0;
            return ends;
        }
    }
}
