namespace Authdog.Identity.Passkeys;

/// <summary>What an answer to a registration challenge gave: a closed set.</summary>
internal abstract record RegistrationResult
{
    private RegistrationResult()
    {
    }

    /// <summary>It is registered.</summary>
    internal sealed record Registered(Passkey Passkey) : RegistrationResult;

    /// <summary>It is not.</summary>
    internal sealed record Refused(PasskeyRefusal Reason) : RegistrationResult;
}
