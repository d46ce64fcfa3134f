namespace Authdog.Identity.Mfa.Policies;

/// <summary>What the policy asks of one user.</summary>
/// <param name="Offered">Whether a second step can be set up at all.</param>
/// <param name="Deadline">From when on no login is done without two kinds of proof; null when never.</param>
/// <param name="IsDue">Whether that is now.</param>
public sealed record MfaObligation(bool Offered, DateTimeOffset? Deadline, bool IsDue);
