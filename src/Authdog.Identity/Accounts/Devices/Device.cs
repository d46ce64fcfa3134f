using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>A browser in which somebody has signed in to an account. Known by a random cookie, not by what it says of itself.</summary>
internal sealed class Device : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>SHA-256 of tenant, user and the browser's cookie: two people at one browser have two devices that nobody can tell to be one.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }

    public string? Browser { get; init; }

    public string? System { get; init; }
}
