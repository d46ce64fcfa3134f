using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.Identity;

namespace Authdog.Identity.Users;

/// <summary>A secret of a user, such as an authenticator key.</summary>
internal sealed class UserToken : IdentityUserToken<Guid>, ITenantOwned
{
    public TenantId TenantId { get; set; } = TenantId.Default;
}
