namespace Authdog.Identity.Passkeys;

/// <summary>What an attestation statement is worth: a closed set.</summary>
internal abstract record AttestationResult
{
    private AttestationResult()
    {
    }

    /// <summary>A manufacturer whose root is trusted vouches for the model.</summary>
    /// <param name="Format">Format of the statement.</param>
    internal sealed record Verified(string Format) : AttestationResult;

    /// <summary>Nobody vouches for the model: no statement, one by the credential's own key, or of a format that is not verified here.</summary>
    internal sealed record Unattested : AttestationResult
    {
        public static Unattested Instance { get; } = new();
    }

    /// <summary>The statement is wrong, or its signer is not trusted.</summary>
    internal sealed record Invalid : AttestationResult
    {
        public static Invalid Instance { get; } = new();
    }
}
