namespace Authdog.Identity.Sessions;

/// <summary>What a factor shows of a person (NIST SP 800-63B-4, section 2): two different kinds make <c>aal2</c>.</summary>
[Flags]
public enum FactorKinds
{
    /// <summary>None that counts toward a second factor, such as a code sent by e-mail (section 3.1.3.1).</summary>
    None = 0,

    /// <summary>Something known: a password.</summary>
    Knowledge = 1,

    /// <summary>Something had: an authenticator app, a recovery code, a passkey's key.</summary>
    Possession = 2,

    /// <summary>Something verified by the authenticator itself: the PIN or biometric that unlocked a passkey.</summary>
    UserVerification = 4,
}
