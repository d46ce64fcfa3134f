using Authdog.Identity.Redis.Rates;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>How often, and what becomes of a request beyond it.</summary>
internal class RateSettings
{
    /// <summary>Requests within <see cref="Window"/>.</summary>
    public int Permits { get; set; } = 600;

    /// <summary>The window.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How permits come back.</summary>
    public RateAlgorithm Algorithm { get; set; }

    /// <summary>Whether a request beyond is only counted and logged, and passes.</summary>
    public bool DryRun { get; set; }

    public Rate ToRate() => new(Permits, Window, Algorithm);

    public void Check(List<string> errors, string place)
    {
        if (Permits is < 1 or > 100_000_000)
        {
            errors.Add(FormattableString.Invariant($"AG1071 {place}:Permits = {Permits} is out of bounds: choose from 1 to 100000000."));
        }

        if (Window < TimeSpan.FromSeconds(1) || Window > TimeSpan.FromDays(1))
        {
            errors.Add(FormattableString.Invariant($"AG1072 {place}:Window = {Window} is out of bounds: choose from 1 second to 1 day."));
        }

        if (!Enum.IsDefined(Algorithm))
        {
            errors.Add($"AG1073 {place}:Algorithm = {Algorithm} is neither SlidingWindow nor TokenBucket.");
        }
    }
}
