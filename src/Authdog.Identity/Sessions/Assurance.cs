using System.Collections.Immutable;
using System.Numerics;

namespace Authdog.Identity.Sessions;

/// <summary>What several factors together are worth. The one place that turns factors into a level.</summary>
public static class Assurance
{
    /// <summary>One factor.</summary>
    public const string SingleFactor = "aal1";

    /// <summary>Two factors of different kinds, or one that is two in itself (a passkey that verified its user).</summary>
    public const string MultiFactor = "aal2";

    /// <summary>The method (<c>amr</c>) that stands for two kinds of proof.</summary>
    public const string MultiFactorMethod = "mfa";

    /// <summary>The level (<c>acr</c>): NIST SP 800-63B-4, section 2.2.</summary>
    public static string Acr(ImmutableArray<AuthenticationFactor> factors) =>
        BitOperations.PopCount((uint)factors.Aggregate(FactorKinds.None, static (kinds, factor) => kinds | factor.Kinds)) >= 2 ? MultiFactor : SingleFactor;

    /// <summary>The methods (<c>amr</c>, RFC 8176), ordered, with <c>mfa</c> when there is more than one kind.</summary>
    public static ImmutableArray<string> Amr(ImmutableArray<AuthenticationFactor> factors)
    {
        var methods = factors.SelectMany(static factor => factor.Amr);
        return [.. (Acr(factors) == MultiFactor ? methods.Append(MultiFactorMethod) : methods).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>When the person last proved anything (<c>auth_time</c>).</summary>
    public static DateTimeOffset AuthenticatedAt(ImmutableArray<AuthenticationFactor> factors) => factors.Max(static factor => factor.ProvedAt);

    /// <summary>The factors with a new one, which takes the place of an older proof by the same method.</summary>
    public static ImmutableArray<AuthenticationFactor> With(ImmutableArray<AuthenticationFactor> factors, AuthenticationFactor proved) =>
        [.. factors.Where(factor => factor.Method != proved.Method), proved];
}
