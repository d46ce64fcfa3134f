using System.Collections.Immutable;
using System.Numerics;
using Authdog.Identity.Sessions;

namespace Authdog.Identity.Login;

/// <summary>What is still missing for a login to be done.</summary>
/// <param name="Levels">Whether two kinds of proof are needed and are not there.</param>
/// <param name="Beyond">Whether a level is asked for that nothing here can reach.</param>
/// <param name="Kinds">Kinds that are there.</param>
/// <param name="Amr">Methods of which one is needed; empty when none is.</param>
/// <param name="IsStale">Whether nothing that was proved is young enough.</param>
internal sealed record MissingProof(bool Levels, bool Beyond, FactorKinds Kinds, ImmutableArray<string> Amr, bool IsStale)
{
    public bool Anything => Levels || Beyond || IsStale || !Amr.IsEmpty;

    // Whatever makes up for the rest is fresh itself.
    private bool IsOnlyStale => IsStale && !Levels && Amr.IsEmpty;

    /// <summary>Whether a proof by this method would bring the login on.</summary>
    public bool IsServedBy(IAuthenticationMethod method) =>
        (Levels && (method.Kinds & ~Kinds) != FactorKinds.None)
        || (IsOnlyStale && method.IsFirst)
        || Amr.Intersect(method.Amr, StringComparer.Ordinal).Any();

    /// <summary>Whether proofs by all of these would be all that is needed.</summary>
    public bool IsReachedBy(IReadOnlyCollection<IAuthenticationMethod> methods) =>
        !Beyond
        && (!Levels || BitOperations.PopCount((uint)methods.Aggregate(Kinds, static (kinds, method) => kinds | method.Kinds)) >= 2)
        && (Amr.IsEmpty || methods.Any(method => Amr.Intersect(method.Amr, StringComparer.Ordinal).Any()) || (Levels && Amr.Contains(Assurance.MultiFactorMethod)))
        && (!IsStale || methods.Count > 0);
}
