using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Sessions;

/// <summary>Issues, finds, refreshes and revokes sessions in Redis, with an in-process snapshot in front.</summary>
/// <remarks>Writes throw <see cref="Redis.StoreUnavailableException"/> when the store cannot be reached: what was not stored was not done.</remarks>
public sealed class SessionStore
{
    /// <summary>Begins a session under a new random token. With <paramref name="replaces"/>, that session ends in the same step (new id at each rise, I12).</summary>
    public Task<(SessionToken Token, Session Session)> IssueAsync(NewSession session, SessionId? replaces, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Finds the live session of a cookie value and, at most once per tenth of the idle time, marks it as used.</summary>
    public ValueTask<SessionLookup> FindAsync(string? cookie, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>All live sessions of a user, newest first.</summary>
    public Task<IReadOnlyList<Session>> ListAsync(TenantId tenant, UserId user, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Ends one session on every node; true when there was one.</summary>
    public Task<bool> RevokeAsync(SessionId session, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Ends all sessions of a user (but one, if named) on every node and returns how many.</summary>
    public Task<int> RevokeAllAsync(TenantId tenant, UserId user, SessionId? except, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Replaces what the user's live sessions say about them, on every node, and returns how many there were.</summary>
    public Task<int> UpdateProfileAsync(TenantId tenant, UserId user, SessionProfile profile, CancellationToken cancellationToken) => throw new NotSupportedException();
}
