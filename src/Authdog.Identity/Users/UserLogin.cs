using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.Identity;

namespace Authdog.Identity.Users;

/// <summary>A user's identity at another provider.</summary>
internal sealed class UserLogin : IdentityUserLogin<Guid>, ITenantOwned
{
    public TenantId TenantId { get; set; } = TenantId.Default;

    /// <summary>Roles that the provider's groups gave at the last sign-in, by blank: what they give no more is taken away, and nothing else.</summary>
    public string? Roles { get; set; }

    /// <summary>Groups of the directory that the user was put into at the last sign-in, by comma.</summary>
    public string? Groups { get; set; }

    /// <summary>When the user signed in by it the last time.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
