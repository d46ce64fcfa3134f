namespace Authdog.Identity.Admission;

/// <summary>How many people this node may let in: as many as its passwords take, and none while its queue is half full.</summary>
internal sealed class AdmissionPace(TimeProvider time)
{
    // What was not used for so long is not made up for: people who are let in come within seconds.
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private long _since;
    private double _allowance;

    /// <summary>Whoever works off what people came for says how it stands.</summary>
    public Func<Workload>? Workload { get; set; }

    /// <summary>People a second that this node can take.</summary>
    public double PerSecond => Workload?.Invoke().PerSecond ?? 1;

    /// <summary>Takes what may be let in now.</summary>
    public int Take()
    {
        if (Workload?.Invoke() is not { } load)
        {
            return 0;
        }

        lock (_lock)
        {
            var now = time.GetTimestamp();
            var passed = _since == 0 ? s_most : time.GetElapsedTime(_since, now);
            _since = now;
            _allowance = Math.Min(Math.Max(1, load.PerSecond * s_most.TotalSeconds), _allowance + (passed.TotalSeconds * load.PerSecond));
            if (load.IsHalfFull)
            {
                return 0;
            }

            var whole = (int)_allowance;
            _allowance -= whole;
            return whole;
        }
    }

    /// <summary>Gives back what nobody waited for.</summary>
    public void GiveBack(int places)
    {
        lock (_lock)
        {
            _allowance += places;
        }
    }
}
