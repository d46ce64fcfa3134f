using System.Collections.Immutable;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>What a provider is believed about how strongly and when it has authenticated somebody.</summary>
public sealed record OidcTrust
{
    /// <summary>Values of <c>acr</c> that stand for two kinds of proof.</summary>
    public ImmutableArray<string> MultiFactorAcr { get; init; } = [];

    /// <summary>Whether the methods in <c>amr</c> count.</summary>
    public bool Amr { get; init; }

    /// <summary>Whether <c>auth_time</c> counts, and a fresh sign-in there is a fresh sign-in here.</summary>
    public bool AuthTime { get; init; } = true;
}
