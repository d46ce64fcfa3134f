namespace Authdog.Identity.Sessions;

/// <summary>The SHA-256 of a <see cref="SessionToken"/>, lower-case hexadecimal: what the store, logs and assertions (<c>sid</c>) know a session by.</summary>
public readonly record struct SessionId(string Value)
{
    // One token in 4,096 has it by chance, and is drawn again.
    internal const string StandbyMark = "fff";

    /// <summary>Whether the session was begun while Redis was away: then it is kept in the directory, and nowhere else.</summary>
    internal bool IsStandby => Value.StartsWith(StandbyMark, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
