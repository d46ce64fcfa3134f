using System.Collections.Immutable;

namespace Authdog.Policies.Decisions;

/// <summary>Which passkeys are accepted. Members that are absent accept any.</summary>
public sealed record PasskeyRequirement
{
    /// <summary>The one accepted kind.</summary>
    public PasskeyKind? Kind { get; init; }

    /// <summary>Accepted models of authenticators; empty for any.</summary>
    public ImmutableArray<Guid> Aaguids { get; init; } = [];

    /// <summary>Whether a passkey meets every member that is present. An authenticator that does not say its model meets no list of models.</summary>
    public bool IsMetBy(Passkey passkey)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        return (Kind is not { } kind || passkey.Kind == kind)
            && (Aaguids.IsDefaultOrEmpty || (passkey.Aaguid != Guid.Empty && Aaguids.AsSpan().Contains(passkey.Aaguid)));
    }

    /// <inheritdoc/>
    public bool Equals(PasskeyRequirement? other) => other is not null && Kind == other.Kind && Aaguids.AsSpan().SequenceEqual(other.Aaguids.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Aaguids.IsDefault ? 0 : Aaguids.Length);
}
