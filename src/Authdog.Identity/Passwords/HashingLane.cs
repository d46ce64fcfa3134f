namespace Authdog.Identity.Passwords;

/// <summary>Work that waits, client by client: clients take turns, and one alone gets at most a quarter of the places. Not safe for several threads.</summary>
internal sealed class HashingLane(int length)
{
    private readonly Dictionary<string, Queue<HashingWork>> _clients = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();

    public int Count { get; private set; }

    /// <summary>Takes work in; false when the lane, or the client's share of it, is full.</summary>
    public bool TryEnqueue(string? client, HashingWork work)
    {
        if (Count >= length)
        {
            RemoveCancelled();
        }

        var key = client ?? string.Empty;
        var share = client is null ? length : Math.Max(1, length / 4);
        if (Count >= length || (_clients.TryGetValue(key, out var mine) && mine.Count >= share))
        {
            return false;
        }

        if (mine is null)
        {
            _clients.Add(key, mine = new Queue<HashingWork>());
            _turns.Enqueue(key);
        }

        mine.Enqueue(work);
        Count++;
        return true;
    }

    /// <summary>The next client's work; null when there is none.</summary>
    public HashingWork? Dequeue()
    {
        if (!_turns.TryDequeue(out var key))
        {
            return null;
        }

        var mine = _clients[key];
        var work = mine.Dequeue();
        Count--;
        if (mine.Count > 0)
        {
            _turns.Enqueue(key);
        }
        else
        {
            _clients.Remove(key);
        }

        return work;
    }

    // Whoever hung up keeps no place that somebody else needs.
    private void RemoveCancelled()
    {
        Count = 0;
        _turns.Clear();
        foreach (var (key, queue) in _clients.ToList())
        {
            var left = new Queue<HashingWork>(queue.Where(work => !work.Cancelled.IsCancellationRequested));
            Count += left.Count;
            if (left.Count == 0)
            {
                _clients.Remove(key);
                continue;
            }

            _clients[key] = left;
            _turns.Enqueue(key);
        }
    }
}
