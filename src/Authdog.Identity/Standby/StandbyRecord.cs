using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Standby;

/// <summary>A record that was begun while the shared store was away. It stays here for its whole life: no record is ever in both stores.</summary>
internal sealed class StandbyRecord : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    /// <summary>What it is: a login, a session, a session to end.</summary>
    public required string Kind { get; init; }

    /// <summary>Random, or the hash of something random.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is; null when nobody is known yet.</summary>
    public Guid? UserId { get; init; }

    /// <summary>One more with each change.</summary>
    public required long Version { get; init; }

    /// <summary>JSON.</summary>
    public required byte[] Value { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
