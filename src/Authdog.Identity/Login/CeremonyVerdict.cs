namespace Authdog.Identity.Login;

/// <summary>Whether a ceremony may go on.</summary>
/// <param name="Wait">When to come back; null to go on.</param>
/// <param name="MayMail">Whether its message may be sent. The answer does not depend on it (I1).</param>
public readonly record struct CeremonyVerdict(TimeSpan? Wait, bool MayMail);
