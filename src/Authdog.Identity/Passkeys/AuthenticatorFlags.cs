namespace Authdog.Identity.Passkeys;

/// <summary>Flags of authenticator data (WebAuthn Level 3, section 6.1).</summary>
[Flags]
internal enum AuthenticatorFlags : byte
{
    None = 0,

    /// <summary>UP: somebody was there.</summary>
    UserPresent = 0x01,

    /// <summary>UV: it was the right somebody.</summary>
    UserVerified = 0x04,

    /// <summary>BE: the credential can be synced.</summary>
    BackupEligible = 0x08,

    /// <summary>BS: it is synced.</summary>
    BackedUp = 0x10,

    /// <summary>AT: a new credential follows.</summary>
    AttestedCredential = 0x40,

    /// <summary>ED: extensions follow.</summary>
    Extensions = 0x80,
}
