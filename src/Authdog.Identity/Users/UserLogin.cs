using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.Identity;

namespace Authdog.Identity.Users;

/// <summary>A user's identity at another provider.</summary>
internal sealed class UserLogin : IdentityUserLogin<Guid>, ITenantOwned
{
    /// <summary>Longest <see cref="Account"/>.</summary>
    internal const int MaxAccount = 254;

    public TenantId TenantId { get; set; } = TenantId.Default;

    /// <summary>Roles that the provider's groups gave at the last sign-in, by blank: what they give no more is taken away, and nothing else.</summary>
    public string? Roles { get; set; }

    /// <summary>Groups of the directory that the user was put into at the last sign-in, by comma.</summary>
    public string? Groups { get; set; }

    /// <summary>What the person calls the account there, as the provider gave it the last time; no proof of anything.</summary>
    public string? Account { get; set; }

    /// <summary>When it became the user's; null for what is older than this column.</summary>
    public DateTimeOffset? LinkedAt { get; set; }

    /// <summary>When the user signed in by it the last time.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
