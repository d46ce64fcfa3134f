using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.Identity;

namespace Authdog.Identity.Users;

/// <summary>A role that a user has.</summary>
internal sealed class UserRole : IdentityUserRole<Guid>, ITenantOwned
{
    public TenantId TenantId { get; set; } = TenantId.Default;
}
