namespace Authdog.Policies.Decisions;

/// <summary>Whether a passkey can leave its authenticator (WebAuthn Level 3, section 6.1.3: backup eligibility).</summary>
public enum PasskeyKind
{
    /// <summary>It may be synchronised between devices: backup eligible.</summary>
    Synced = 0,

    /// <summary>It stays in the one authenticator: not backup eligible.</summary>
    DeviceBound,
}
