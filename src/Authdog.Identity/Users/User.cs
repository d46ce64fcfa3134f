using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.Identity;

namespace Authdog.Identity.Users;

/// <summary>A person in a tenant's directory. Key: tenant and id.</summary>
public sealed class User : IdentityUser<Guid>, ITenantOwned
{
    /// <summary>The tenant that owns this user.</summary>
    public TenantId TenantId { get; set; } = TenantId.Default;

    /// <summary>Display name; null when the user gave none.</summary>
    public string? Name { get; set; }

    /// <summary>Whether an administrator has shut the user out. Ends every session.</summary>
    public bool Disabled { get; set; }

    /// <summary>When the entry was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The typed id.</summary>
    public UserId UserId => new(Id);
}
