using Authdog.Identity.Attacks;

namespace Authdog.Identity.Challenges;

/// <summary>That a client has solved a challenge not long ago.</summary>
/// <param name="Id">The challenge that was solved.</param>
/// <param name="Tenant">Tenant where it counts.</param>
/// <param name="Client">Hash of the client's network and mark.</param>
/// <param name="Level">What it is good for.</param>
/// <param name="ExpiresAt">Until when.</param>
internal sealed record ChallengePass(string Id, string Tenant, string Client, ChallengeLevel Level, DateTimeOffset ExpiresAt);
