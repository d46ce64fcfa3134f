using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Users;

/// <summary>A user in a group.</summary>
internal sealed class GroupMember : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    public required Guid GroupId { get; init; }

    public required Guid UserId { get; init; }
}
