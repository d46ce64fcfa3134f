namespace Authdog.Identity.Redis.Rates;

/// <summary>How often something may be done.</summary>
/// <param name="Permits">Times within the window; at least 1.</param>
/// <param name="Window">The window; at least a second.</param>
/// <param name="Algorithm">How permits come back.</param>
public readonly record struct Rate(int Permits, TimeSpan Window, RateAlgorithm Algorithm = RateAlgorithm.SlidingWindow);
