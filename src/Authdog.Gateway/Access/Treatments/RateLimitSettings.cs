using Authdog.Identity.Redis.Rates;

namespace Authdog.Gateway.Access.Treatments;

/// <summary>How many requests of one subject are let through within a window; counted in the shared store, so for all nodes together.</summary>
internal sealed class RateLimitSettings
{
    /// <summary>Requests within <see cref="Window"/>.</summary>
    public int Permits { get; set; } = 60;

    /// <summary>The window.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How permits come back.</summary>
    public RateAlgorithm Algorithm { get; set; }

    /// <summary>Whose requests count together.</summary>
    public RateLimitSubject By { get; set; }

    /// <summary>Whether a request beyond is only counted and logged, and passes.</summary>
    public bool DryRun { get; set; }
}
