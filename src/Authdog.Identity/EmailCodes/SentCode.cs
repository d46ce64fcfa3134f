namespace Authdog.Identity.EmailCodes;

/// <summary>A code that was sent, or, for an address without an account, would have been: both look and cost the same (I1).</summary>
internal sealed record SentCode
{
    /// <summary>The login that it is for: of another one it proves nothing (I5).</summary>
    public required string Flow { get; init; }

    /// <summary>Whom it proves; null when nobody got it.</summary>
    public Guid? User { get; init; }

    /// <summary>SHA-256 of flow and code.</summary>
    public required string CodeHash { get; init; }

    /// <summary>When it stops working.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
