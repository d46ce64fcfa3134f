namespace Authdog.Identity.Redis.Rates;

/// <summary>How permits come back.</summary>
public enum RateAlgorithm
{
    /// <summary>Never more than the permits in any stretch of time as long as the window; each comes back a window after it was used, or up to a tenth of a window later.</summary>
    SlidingWindow = 0,

    /// <summary>All permits may be used at once, and come back evenly, the permits of one window in the time of one.</summary>
    TokenBucket,
}
