namespace Authdog.Identity.Passkeys;

/// <summary>What an answer to a sign-in challenge gave: a closed set.</summary>
internal abstract record AssertionResult
{
    private AssertionResult()
    {
    }

    /// <summary>It holds.</summary>
    internal sealed record Verified(VerifiedAssertion Assertion) : AssertionResult;

    /// <summary>It does not.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="UnknownCredential">The credential id that is nobody's here, for the browser to forget (Signal API); null otherwise.</param>
    /// <param name="User">Whose passkey it was, when that is known.</param>
    internal sealed record Refused(PasskeyRefusal Reason, byte[]? UnknownCredential = null, Guid? User = null) : AssertionResult;
}
