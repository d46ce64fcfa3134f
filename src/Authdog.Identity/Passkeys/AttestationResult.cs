namespace Authdog.Identity.Passkeys;

/// <summary>What an attestation statement is worth: a closed set.</summary>
internal abstract record AttestationResult
{
    private AttestationResult()
    {
    }

    /// <summary>A manufacturer whose root is trusted vouches for this very model.</summary>
    /// <param name="Format">Format of the statement.</param>
    internal sealed record Verified(string Format) : AttestationResult;

    /// <summary>Nobody vouches for the model: no statement, one by the credential's own key, of a signer that is not trusted, or that leaves the model to be claimed by anybody.</summary>
    internal sealed record Unattested : AttestationResult
    {
        public static Unattested Instance { get; } = new();
    }

    /// <summary>The statement is wrong.</summary>
    internal sealed record Invalid : AttestationResult
    {
        public static Invalid Instance { get; } = new();
    }
}
