using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.Identity;

namespace Authdog.Identity.Users;

/// <summary>A claim about a user.</summary>
internal sealed class UserClaim : IdentityUserClaim<Guid>, ITenantOwned
{
    public TenantId TenantId { get; set; } = TenantId.Default;
}
