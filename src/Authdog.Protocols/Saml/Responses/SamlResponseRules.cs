namespace Authdog.Protocols.Saml.Responses;

/// <summary>What one connection demands of responses.</summary>
public sealed record SamlResponseRules
{
    /// <summary>Largest clock skew that may be set.</summary>
    public static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(2);

    /// <summary>Age at which an assertion is refused whatever it says about itself; it bounds how long a used one must be remembered.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);

    private readonly TimeSpan _clockSkew = TimeSpan.FromMinutes(1);

    /// <summary>What must be signed.</summary>
    public SignedPart RequiredSignature { get; init; } = SignedPart.Any;

    /// <summary>Whether a readable assertion is refused.</summary>
    public bool RequireEncryption { get; init; }

    /// <summary>Whether the identity provider may begin (IdP-initiated). Off by default: such an answer is bound to no browser, so anybody can be signed in as somebody else.</summary>
    public bool AllowUnsolicited { get; init; }

    /// <summary>How far the two clocks may differ.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than nothing, or more than <see cref="MaxClockSkew"/>.</exception>
    public TimeSpan ClockSkew
    {
        get => _clockSkew;
        init => _clockSkew = value >= TimeSpan.Zero && value <= MaxClockSkew
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The clock skew is between zero and two minutes.");
    }
}
