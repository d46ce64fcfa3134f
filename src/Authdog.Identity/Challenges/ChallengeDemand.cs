using Authdog.Identity.Attacks;

namespace Authdog.Identity.Challenges;

/// <summary>What is asked of a client.</summary>
/// <param name="Level">How much.</param>
/// <param name="Bits">Difficulty of the work; 0 when the external provider's widget takes its place.</param>
internal readonly record struct ChallengeDemand(ChallengeLevel Level, int Bits)
{
    /// <summary>Nothing.</summary>
    public static ChallengeDemand None => default;

    /// <summary>Whether a solved challenge is as much as this.</summary>
    public bool IsMetBy(Challenge solved) => solved.Level >= Level && (solved.Bits == 0 || solved.Bits >= Bits);
}
