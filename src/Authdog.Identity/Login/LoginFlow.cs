using System.Collections.Immutable;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;

namespace Authdog.Identity.Login;

/// <summary>A transaction together with its id, the version that was read, and what this browser's live session adds to it.</summary>
/// <param name="Id">Random id, as in <c>?flow=</c>; the sealed transaction itself while it is not written yet.</param>
/// <param name="Transaction">The transaction.</param>
/// <param name="Version">Version in the store, for compare-and-set.</param>
public sealed record LoginFlow(string Id, LoginTransaction Transaction, long Version)
{
    internal const long Unwritten = 0;

    /// <summary>The browser's live session, if it is the transaction's user's; looked up anew at each step, so that one that was ended counts no more (B11).</summary>
    public Session? Held { get; init; }

    /// <summary>The user, once a proof in this login or a live session names one; null before, and then nothing may show whether the address has an account (I1).</summary>
    public UserId? User => Transaction.User is { } id && (Transaction.Proved.Length > 0 || Held is not null) ? new UserId(id) : null;

    /// <summary>The session's factors and what was proved since; a newer proof by the same method takes the place of the older.</summary>
    public ImmutableArray<AuthenticationFactor> Factors => Transaction.Proved.Aggregate(Held?.Factors ?? [], Assurance.With);

    /// <summary>Those of the factors that are young enough for what is required: all that was proved in this login, and of the session's what is.</summary>
    internal ImmutableArray<AuthenticationFactor> Counting(DateTimeOffset now) =>
        [.. Factors.Where(factor => Transaction.Proved.Contains(factor) || Transaction.Requirement.Counts(factor, now))];

    /// <summary>Whether the store has it.</summary>
    internal bool IsWritten => Version != Unwritten;
}
