namespace Authdog.Identity.Redis.Rates;

/// <summary>One limit's count as this node alone knows it: what <see cref="RateScript"/> does, for the time that the store is away. Not safe for several threads.</summary>
internal sealed class LocalCount
{
    private readonly int[] _counts = new int[RateScript.Parts + 1];
    private long _newest = -1;
    private double _tokens = double.NaN;
    private long _at;

    /// <summary>When all permits are there again, in milliseconds since 1970: from then on the count says nothing.</summary>
    public long OverAt { get; private set; }

    /// <summary>How the limit stands if so many permits were taken; nothing is taken.</summary>
    public RateState Look(Rate rate, int permits, int cost, long now) =>
        rate.Algorithm is RateAlgorithm.TokenBucket ? LookAtBucket(rate, permits, cost, now) : LookAtWindow(rate, permits, cost, now);

    /// <summary>Takes permits, or gives back what was taken (below 0).</summary>
    public void Add(Rate rate, int permits, int cost, long now)
    {
        if (rate.Algorithm is RateAlgorithm.TokenBucket)
        {
            _tokens = Math.Min(permits, _tokens - cost);
        }
        else if (cost >= 0)
        {
            _counts[0] += cost;
        }
        else
        {
            for (var (part, back) = (0, -cost); part <= RateScript.Parts; part++)
            {
                var taken = Math.Min(back, _counts[part]);
                _counts[part] -= taken;
                back -= taken;
            }
        }

        OverAt = now + (long)(rate.Window.TotalMilliseconds * 1.2);
    }

    private RateState LookAtBucket(Rate rate, int permits, int cost, long now)
    {
        var perMillisecond = permits / rate.Window.TotalMilliseconds;
        if (double.IsNaN(_tokens))
        {
            (_tokens, _at) = (permits, now);
        }

        var at = Math.Max(now, _at);
        (_tokens, _at) = (Math.Min(permits, _tokens + ((at - _at) * perMillisecond)), at);
        var exceeded = cost > 0 && _tokens < cost;
        var remaining = (int)Math.Floor(_tokens);
        return new RateState(exceeded, permits - remaining, remaining, Wait(Math.Max(1, cost) - _tokens), Wait(permits - _tokens));

        TimeSpan Wait(double missing) => TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(missing / perMillisecond)));
    }

    private RateState LookAtWindow(Rate rate, int permits, int cost, long now)
    {
        var step = (long)Math.Ceiling(rate.Window.TotalMilliseconds / RateScript.Parts);
        Shift(now / step);
        now = Math.Max(now, _newest * step);
        var used = _counts.Sum();
        var exceeded = cost > 0 && used + cost > permits;
        var (retry, reset, over) = (0L, 0L, used + Math.Max(1, cost) - permits);
        for (var part = RateScript.Parts; part >= 0; part--)
        {
            var leaves = ((_newest - part + RateScript.Parts + 1) * step) - now;
            if (over > 0 && (over -= _counts[part]) <= 0)
            {
                retry = leaves;
            }

            reset = _counts[part] > 0 ? leaves : reset;
        }

        return new RateState(exceeded, used, Math.Max(0, permits - used), TimeSpan.FromMilliseconds(retry), TimeSpan.FromMilliseconds(reset));
    }

    private void Shift(long newest)
    {
        var shift = (int)Math.Clamp(newest - _newest, 0, _counts.Length);
        if (_newest < 0 || shift == _counts.Length)
        {
            Array.Clear(_counts);
        }
        else if (shift > 0)
        {
            Array.Copy(_counts, 0, _counts, shift, _counts.Length - shift);
            Array.Clear(_counts, 0, shift);
        }

        _newest = Math.Max(newest, _newest);
    }
}
