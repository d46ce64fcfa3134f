using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.Identity;

namespace Authdog.Identity.Users;

/// <summary>A user's identity at another provider.</summary>
internal sealed class UserLogin : IdentityUserLogin<Guid>, ITenantOwned
{
    public TenantId TenantId { get; set; } = TenantId.Default;
}
