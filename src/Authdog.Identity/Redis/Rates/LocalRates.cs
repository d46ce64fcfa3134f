namespace Authdog.Identity.Redis.Rates;

/// <summary>Counts in this process while the shared store is away: a share of each limit, for so many subjects as fit.</summary>
internal sealed class LocalRates(double share)
{
    // About 10 MB. Beyond it all is forgotten: who can ask from so many networks at once is not held by counts of one node.
    private const int Most = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LocalCount> _counts = new(StringComparer.Ordinal);

    public RateVerdict Run(IReadOnlyList<RateAsk> asks, int cost, long now)
    {
        lock (_lock)
        {
            var counts = asks.Select(ask => Find(ask, now)).ToArray();
            var states = asks.Select((ask, i) => counts[i].Look(ask.Rate, Permits(ask), cost, now)).ToArray();
            var allowed = !asks.Where((ask, i) => states[i].IsExceeded && !ask.IsWatched).Any();
            for (var i = 0; allowed && cost != 0 && i < counts.Length; i++)
            {
                if (!states[i].IsExceeded)
                {
                    counts[i].Add(asks[i].Rate, Permits(asks[i]), cost, now);
                    states[i] = counts[i].Look(asks[i].Rate, Permits(asks[i]), 0, now);
                }
            }

            return new RateVerdict(allowed, states, IsLocal: true);
        }
    }

    public void Forget(IEnumerable<RateAsk> asks)
    {
        lock (_lock)
        {
            foreach (var ask in asks)
            {
                _counts.Remove(RateScript.Key(ask).ToString());
            }
        }
    }

    /// <summary>The store is back, and knows better.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _counts.Clear();
        }
    }

    private int Permits(RateAsk ask) => Math.Max(1, (int)(ask.Rate.Permits * share));

    private LocalCount Find(RateAsk ask, long now)
    {
        var key = RateScript.Key(ask).ToString();
        if (_counts.TryGetValue(key, out var count))
        {
            return count;
        }

        if (_counts.Count >= Most)
        {
            MakeRoom(now);
        }

        return _counts[key] = new LocalCount();
    }

    private void MakeRoom(long now)
    {
        foreach (var (key, _) in _counts.Where(entry => entry.Value.OverAt <= now).ToList())
        {
            _counts.Remove(key);
        }

        if (_counts.Count >= Most / 2)
        {
            _counts.Clear();
        }
    }
}
