namespace Authdog.Identity.Passkeys;

/// <summary>What a page asked an authenticator to sign, and for whom the answer is good.</summary>
internal sealed record PasskeyChallenge
{
    /// <summary>The ceremony.</summary>
    public required PasskeyPurpose Purpose { get; init; }

    /// <summary>The tenant (I10).</summary>
    public required string Tenant { get; init; }

    /// <summary>The RP ID that was asked for.</summary>
    public required string RelyingPartyId { get; init; }

    /// <summary>SHA-256 of the browser's binding cookie: another browser cannot answer (B15).</summary>
    public required string Binding { get; init; }

    /// <summary>The login transaction or session that the page belongs to: another one cannot use the answer.</summary>
    public required string Thread { get; init; }

    /// <summary>The user who must answer; null when any may.</summary>
    public Guid? User { get; init; }

    /// <summary>Whether the authenticator must verify its user.</summary>
    public required bool RequireUserVerification { get; init; }

    /// <summary>Whether a password has been proved beside it, so that its user verification counts from now on.</summary>
    public bool BesideKnowledge { get; init; }

    /// <summary>What Identity's handler wants back: the challenge itself and whom it is for.</summary>
    public required string State { get; init; }

    /// <summary>When it is too old.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
