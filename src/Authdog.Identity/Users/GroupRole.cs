using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Users;

/// <summary>A role that every member of a group has.</summary>
internal sealed class GroupRole : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    public required Guid GroupId { get; init; }

    public required Guid RoleId { get; init; }
}
