using Authdog.Identity.Attacks;

namespace Authdog.Identity.Challenges;

/// <summary>A challenge as it was given to one client. It travels sealed in its page: nothing is stored until it is solved (B18).</summary>
/// <param name="Id">Random; what the work is done on, and what is used up by passing.</param>
/// <param name="Tenant">Tenant where it counts (I10).</param>
/// <param name="Client">Hash of the client's network and mark.</param>
/// <param name="Level">What passing it is good for.</param>
/// <param name="Bits">Difficulty of the work; 0 when the external provider's widget takes its place.</param>
/// <param name="ExpiresAt">Until when it can be solved.</param>
internal sealed record Challenge(string Id, string Tenant, string Client, ChallengeLevel Level, int Bits, DateTimeOffset ExpiresAt);
