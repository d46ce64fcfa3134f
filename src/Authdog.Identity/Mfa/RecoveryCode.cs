using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Mfa;

/// <summary>An unused recovery code; using it deletes the row.</summary>
internal sealed class RecoveryCode : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>SHA-256 of tenant, user and code. A code has 120 random bits, so that no slow hash is needed (OWASP ASVS 5, 6.5.2: from 112 on).</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
