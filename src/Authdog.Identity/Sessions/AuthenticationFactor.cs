using System.Collections.Immutable;

namespace Authdog.Identity.Sessions;

/// <summary>One proof that a session rests on: which method, of what kind, when.</summary>
public sealed record AuthenticationFactor
{
    /// <summary>Name of the method, such as <c>password</c>; a newer proof by the same method takes its place.</summary>
    public required string Method { get; init; }

    /// <summary>Methods in the words of RFC 8176, such as <c>pwd</c>.</summary>
    public required ImmutableArray<string> Amr { get; init; }

    /// <summary>What it shows.</summary>
    public required FactorKinds Kinds { get; init; }

    /// <summary>When it was proved.</summary>
    public required DateTimeOffset ProvedAt { get; init; }

    /// <summary>The passkey; null for every other method.</summary>
    public PasskeyTraits? Passkey { get; init; }

    /// <summary>Connection whose identity provider vouched for it, or <c>social:</c> and the name of a social provider; null when it was proved here.</summary>
    public string? Connection { get; init; }

    /// <summary>The person's session at that identity provider; null when it was proved here.</summary>
    public UpstreamSession? Upstream { get; init; }

    /// <summary>A right password.</summary>
    public static AuthenticationFactor Password(DateTimeOffset provedAt) =>
        new() { Method = "password", Amr = ["pwd"], Kinds = FactorKinds.Knowledge, ProvedAt = provedAt };
}
