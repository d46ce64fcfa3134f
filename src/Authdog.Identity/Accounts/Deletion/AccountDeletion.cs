using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Accounts.Deletion;

/// <summary>A person has asked for their account to be erased.</summary>
internal sealed class AccountDeletion : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    public required Guid UserId { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it is erased; moved on by the node that is at it, so that another tries again should that one die.</summary>
    public required DateTimeOffset DueAt { get; init; }
}
