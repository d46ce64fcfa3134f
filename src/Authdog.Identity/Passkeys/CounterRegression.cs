namespace Authdog.Identity.Passkeys;

/// <summary>What becomes of a sign-in whose signature counter did not rise (WebAuthn Level 3, section 7.2, step 22). It is audited either way.</summary>
public enum CounterRegression
{
    /// <summary>It is refused.</summary>
    Refuse,

    /// <summary>It goes on.</summary>
    Report,
}
