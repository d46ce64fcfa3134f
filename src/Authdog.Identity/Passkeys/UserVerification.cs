namespace Authdog.Identity.Passkeys;

/// <summary>Whether a passkey that stands alone must verify its user by PIN or biometric.</summary>
public enum UserVerification
{
    /// <summary>It must: a passkey is always two factors.</summary>
    Required,

    /// <summary>It should: one that cannot is one factor.</summary>
    Preferred,
}
