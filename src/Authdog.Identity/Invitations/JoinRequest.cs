using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Invitations;

/// <summary>Somebody who asks to join a tenant. That the address is theirs is not proved: who says yes sends an invitation there.</summary>
public sealed class JoinRequest : ITenantOwned
{
    /// <inheritdoc/>
    public required TenantId TenantId { get; init; }

    /// <summary>UUID version 7.</summary>
    public required Guid Id { get; init; }

    /// <summary>The address, in normal form.</summary>
    public required string Email { get; init; }

    /// <summary>The address as it is compared.</summary>
    public required string NormalizedEmail { get; init; }

    /// <summary>Language of the page on which it was asked.</summary>
    public required string Language { get; init; }

    /// <summary>When it was asked first.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
