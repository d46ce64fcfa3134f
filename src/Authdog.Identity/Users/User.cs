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

    /// <summary>Language of pages and mail that the user chose (<c>de</c>); null when none.</summary>
    public string? Locale { get; set; }

    /// <summary>Time zone that the user chose (IANA name); null when none.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Further attributes as a JSON object; null when there are none. Read and judged by <see cref="UserAttributes"/>.</summary>
    public string? Attributes { get; set; }

    /// <summary>Since when the user has been asked to look over the ways to sign in, after reporting "this wasn't me"; null when nothing is to be looked over.</summary>
    public DateTimeOffset? ReviewSince { get; set; }

    /// <summary><see cref="EmailAddress.Mailbox"/> of the address; null for users from before it was kept.</summary>
    public string? Mailbox { get; set; }

    /// <summary>Since when the password is known to be in a list of leaked ones, and has to be replaced at the next sign-in; null when it need not.</summary>
    public DateTimeOffset? PasswordLeakedAt { get; set; }

    /// <summary>When the entry was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The typed id.</summary>
    public UserId UserId => new(Id);
}
