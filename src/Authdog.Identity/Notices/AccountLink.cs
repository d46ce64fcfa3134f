using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Notices;

/// <summary>A link that was mailed to a person and works for days, once. Kept in the directory, so that it ends with the account.</summary>
internal sealed class AccountLink : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    /// <summary>SHA-256 of the link's secret, lower-case hexadecimal.</summary>
    public required string Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>What the link is for; a secret of one purpose finds nothing under another (B9).</summary>
    public required string Purpose { get; init; }

    /// <summary>What it acts on, such as the address to go back to; null when there is nothing.</summary>
    public string? Subject { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
