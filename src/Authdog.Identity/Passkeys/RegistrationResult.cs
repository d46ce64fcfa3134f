namespace Authdog.Identity.Passkeys;

/// <summary>What an answer to a registration challenge gave: a closed set.</summary>
internal abstract record RegistrationResult
{
    private RegistrationResult()
    {
    }

    /// <summary>It is registered.</summary>
    /// <param name="Passkey">The passkey.</param>
    /// <param name="Silently">Whether the browser made it by itself, so that nobody has shown it.</param>
    internal sealed record Registered(Passkey Passkey, bool Silently) : RegistrationResult;

    /// <summary>It is not.</summary>
    internal sealed record Refused(PasskeyRefusal Reason) : RegistrationResult;
}
