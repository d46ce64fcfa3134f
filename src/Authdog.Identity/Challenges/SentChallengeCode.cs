namespace Authdog.Identity.Challenges;

/// <summary>A code that was sent for a challenge.</summary>
/// <param name="CodeHash">SHA-256 of it, with the challenge's id.</param>
internal sealed record SentChallengeCode(string CodeHash);
