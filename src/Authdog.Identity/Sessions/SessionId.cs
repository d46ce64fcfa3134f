namespace Authdog.Identity.Sessions;

/// <summary>The SHA-256 of a <see cref="SessionToken"/>, lower-case hexadecimal: what the store, logs and assertions (<c>sid</c>) know a session by.</summary>
public readonly record struct SessionId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
