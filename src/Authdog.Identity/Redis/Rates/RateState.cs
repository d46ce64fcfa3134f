namespace Authdog.Identity.Redis.Rates;

/// <summary>How one limit stands after it was asked.</summary>
/// <param name="IsExceeded">Whether there was no permit left for this.</param>
/// <param name="Used">Permits in use.</param>
/// <param name="Remaining">Permits left.</param>
/// <param name="RetryAfter">When the next permit is there; zero while some are.</param>
/// <param name="ResetAfter">When all are there again.</param>
public readonly record struct RateState(bool IsExceeded, int Used, int Remaining, TimeSpan RetryAfter, TimeSpan ResetAfter);
