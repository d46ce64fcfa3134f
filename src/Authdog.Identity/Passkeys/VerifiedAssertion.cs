using Authdog.Identity.Sessions;
using Authdog.Identity.Users;

namespace Authdog.Identity.Passkeys;

/// <summary>A sign-in that <see cref="PasskeyAssertions"/> has verified.</summary>
/// <param name="User">Who signed in.</param>
/// <param name="Passkey">With which passkey.</param>
/// <param name="Flags">What the authenticator said of this ceremony.</param>
internal sealed record VerifiedAssertion(User User, Passkey Passkey, AuthenticatorFlags Flags)
{
    /// <summary>Whether the user was verified in a way that counts as a factor.</summary>
    public bool IsUserVerified => Flags.HasFlag(AuthenticatorFlags.UserVerified) && Passkey.UserVerificationInitialized;

    /// <summary>What the registration of a passkey proves: its key is here, and its user was verified if it says so.</summary>
    public static VerifiedAssertion Made(User user, Passkey passkey) => new(
        user,
        passkey,
        (passkey.UserVerificationInitialized ? AuthenticatorFlags.UserVerified : AuthenticatorFlags.None)
        | (passkey.IsBackedUp ? AuthenticatorFlags.BackedUp : AuthenticatorFlags.None));

    /// <summary>What it proves.</summary>
    public AuthenticationFactor Factor(DateTimeOffset provedAt) => new()
    {
        Method = "passkey",

        // RFC 8176: a key that can leave its device is software-secured to us, whatever keeps it; "user" is the gesture.
        Amr = [Passkey.IsBackupEligible ? "swk" : "hwk", "user"],
        Kinds = IsUserVerified ? FactorKinds.Possession | FactorKinds.UserVerification : FactorKinds.Possession,
        ProvedAt = provedAt,

        // A model that nothing proves is not told to policies.
        Passkey = new PasskeyTraits(Flags.HasFlag(AuthenticatorFlags.BackedUp), Passkey.AttestationFormat is null ? Guid.Empty : Passkey.Aaguid),
    };
}
