namespace Authdog.Identity.Attacks;

/// <summary>What is asked of a client before it may try: each step costs a program more than the one before.</summary>
public enum ChallengeLevel
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Work, done by the browser without its user.</summary>
    Work,

    /// <summary>The external challenge where one is configured; more work where none is.</summary>
    External,

    /// <summary>It may not try for now.</summary>
    Refusal,
}
