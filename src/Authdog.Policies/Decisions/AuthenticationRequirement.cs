using System.Collections.Immutable;

namespace Authdog.Policies.Decisions;

/// <summary>How somebody must have authenticated (RFC 9470: <c>acr_values</c>, <c>max_age</c>). Members that are absent demand nothing.</summary>
public sealed record AuthenticationRequirement
{
    /// <summary>Lowest accepted authentication context class, <c>aal1</c> or <c>aal2</c>.</summary>
    public string? Acr { get; init; }

    /// <summary>Oldest accepted authentication; beside <see cref="Amr"/> or <see cref="Passkey"/>, the oldest accepted use of that very factor.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Methods (RFC 8176) of which at least one must have been used.</summary>
    public ImmutableArray<string> Amr { get; init; } = [];

    /// <summary>The passkey that must have been used.</summary>
    public PasskeyRequirement? Passkey { get; init; }

    /// <summary>Connections of which one must have signed the person in; <see cref="Subject.LocalConnection"/> is the gateway's own sign-in.</summary>
    public ImmutableArray<string> Connections { get; init; } = [];

    /// <summary>Whether an authentication meets every member that is present.</summary>
    public bool IsMetBy(Subject subject, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return MeetsAcr(subject) && MeetsMaxAge(subject, now) && MeetsAmr(subject, now) && MeetsPasskey(subject, now) && MeetsConnection(subject);
    }

    /// <summary>Only what an authentication does not meet; <see langword="null"/> when it meets everything. A factor that is too old is demanded together with its age.</summary>
    public AuthenticationRequirement? Unmet(Subject subject, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (IsMetBy(subject, now))
        {
            return null;
        }

        var factors = !MeetsAmr(subject, now) || !MeetsPasskey(subject, now);
        return new AuthenticationRequirement
        {
            Acr = MeetsAcr(subject) ? null : Acr,
            MaxAge = factors || !MeetsMaxAge(subject, now) ? MaxAge : null,
            Amr = MeetsAmr(subject, now) ? [] : Amr,
            Passkey = MeetsPasskey(subject, now) ? null : Passkey,
            Connections = MeetsConnection(subject) ? [] : Connections,
        };
    }

    /// <inheritdoc/>
    public bool Equals(AuthenticationRequirement? other) => other is not null
        && (Acr, MaxAge, Passkey) == (other.Acr, other.MaxAge, other.Passkey)
        && Amr.AsSpan().SequenceEqual(other.Amr.AsSpan())
        && Connections.AsSpan().SequenceEqual(other.Connections.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Acr, MaxAge, Passkey, Amr.IsDefault ? 0 : Amr.Length, Connections.IsDefault ? 0 : Connections.Length);

    private bool MeetsAcr(Subject subject) => Acr is null || AssuranceLevel.IsAtLeast(subject.Acr, Acr);

    // Beside factors it is their age, which they are asked for themselves.
    private bool MeetsMaxAge(Subject subject, DateTimeOffset now) =>
        MaxAge is not { } age || !Amr.IsDefaultOrEmpty || Passkey is not null || AuthenticationAge.IsAtMost(subject.AuthenticatedAt, age, now);

    private bool MeetsAmr(Subject subject, DateTimeOffset now) => Amr.IsDefaultOrEmpty || subject.HasUsed(Amr, MaxAge, now);

    private bool MeetsPasskey(Subject subject, DateTimeOffset now) => Passkey is null || subject.HasUsed(Passkey, MaxAge, now);

    private bool MeetsConnection(Subject subject) => Connections.IsDefaultOrEmpty
        || Connections.AsSpan().Contains(subject.Connection ?? Subject.LocalConnection);
}
