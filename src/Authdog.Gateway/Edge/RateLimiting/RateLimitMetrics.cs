using System.Diagnostics.Metrics;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>Counts what limits said. Names of rules come from the operator, so that nobody outside can make more series.</summary>
internal sealed class RateLimitMetrics
{
    private readonly Counter<long> _exceeded;

    public RateLimitMetrics(IMeterFactory meters) =>
        _exceeded = meters.Create(EdgeMetrics.MeterName).CreateCounter<long>("authdog.rate_limit.exceeded", description: "Requests beyond a rate limit, by limit, whether it refuses or only watches, and whether this node counted alone.");

    public void Counted(CountedLimit[] limits, bool isLocal)
    {
        foreach (var limit in limits)
        {
            if (limit.State.IsExceeded)
            {
                _exceeded.Add(1, new("limit", limit.Name), new("dry_run", limit.DryRun), new("local", isLocal));
            }
        }
    }
}
