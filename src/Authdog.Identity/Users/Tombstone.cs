using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Users;

/// <summary>What is left of somebody who had their account erased: a keyed hash of the address, and when.</summary>
internal sealed class Tombstone : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    /// <summary>HMAC-SHA-256 of the address in compared form, lower-case hexadecimal.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset ErasedAt { get; init; }
}
