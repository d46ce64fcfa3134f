using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.ApiKeys;

/// <summary>A key of the management API. Of its secret only the hash is kept.</summary>
public sealed class ApiKey : ITenantOwned
{
    /// <summary>The tenant that it works in; for a global key the default one, which merely keeps it.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The public part of the key: 20 hexadecimal digits, unique over all tenants.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the key's secret, lower-case hexadecimal.</summary>
    public required string SecretHash { get; init; }

    /// <summary>What it is for, in the operator's words.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it works in every tenant, and may make and shut tenants.</summary>
    public required bool IsGlobal { get; init; }

    /// <summary>What it may do, ordered (<see cref="ApiScopes"/>).</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it stops working.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used last, to the minute; null when never.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>When it was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}
