using System.Diagnostics.Metrics;

namespace Authdog.Identity.Redis.Rates;

/// <summary>Says how often limits were asked, and whether this node counts alone.</summary>
internal sealed class RateMetrics
{
    private readonly Counter<long> _asked;
    private readonly UpDownCounter<int> _local;

    public RateMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Authdog.Identity");
        _asked = meter.CreateCounter<long>("authdog.rate_limit.round_trips", description: "Questions to the store that counts, each for all limits of a request.");
        _local = meter.CreateUpDownCounter<int>("authdog.rate_limit.local", description: "1 while the shared store is away and this node counts alone.");
    }

    public void Asked() => _asked.Add(1);

    public void WentLocal() => _local.Add(1);

    public void CameBack() => _local.Add(-1);
}
