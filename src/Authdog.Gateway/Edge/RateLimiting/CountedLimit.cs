using Authdog.Identity.Redis.Rates;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>A limit that a request was counted under.</summary>
/// <param name="Name">Name of the rule; with <c>policy-</c> before it, of the policies' limit.</param>
/// <param name="Rate">How often.</param>
/// <param name="DryRun">Whether it refuses nothing.</param>
/// <param name="State">How it stands.</param>
internal readonly record struct CountedLimit(string Name, Rate Rate, bool DryRun, RateState State);
