namespace Authdog.Identity.Attacks;

/// <summary>What the store knows after a failure.</summary>
/// <param name="Accounts">Different accounts that failed from this network within the window, up to a bound.</param>
/// <param name="Networks">Different networks from which this account failed within the window, up to a bound.</param>
/// <param name="Failures">The tenant's failures within the window.</param>
/// <param name="Successes">The tenant's successes within the window.</param>
/// <param name="Baseline">The usual share of failures, 0 to 1; null while too little is known.</param>
internal readonly record struct AttackCounts(long Accounts, long Networks, long Failures, long Successes, double? Baseline);
