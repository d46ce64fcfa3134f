namespace Authdog.Identity.Passwords;

/// <summary>What verifying a password gave. The default value is a failure.</summary>
public enum PasswordVerification
{
    /// <summary>Wrong password, unknown format, or no such user.</summary>
    Failed = 0,

    /// <summary>Right.</summary>
    Succeeded,

    /// <summary>Right, but hashed at a lower cost than configured: hash anew.</summary>
    SucceededRehashNeeded,
}
