namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>A limit that is there without being asked for.</summary>
internal sealed class OwnRateSettings : RateSettings
{
    /// <summary>Whether it is.</summary>
    public bool Enabled { get; set; } = true;
}
