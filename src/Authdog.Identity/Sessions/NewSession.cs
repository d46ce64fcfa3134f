using System.Collections.Immutable;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Sessions;

/// <summary>What a finished ceremony asks to have a session for.</summary>
/// <param name="Tenant">Tenant of the user.</param>
/// <param name="User">The user.</param>
/// <param name="Profile">What the session says about the user.</param>
/// <param name="Factors">What was proved; at least one.</param>
/// <param name="UserAgent">Browser's own description, cut to 256 characters; for the list of devices.</param>
/// <param name="RemoteAddress">Client address; for the list of devices.</param>
public sealed record NewSession(
    TenantId Tenant,
    UserId User,
    SessionProfile Profile,
    ImmutableArray<AuthenticationFactor> Factors,
    string? UserAgent,
    string? RemoteAddress)
{
    /// <summary>When the session ends at the latest, because it rests on proofs of an earlier one; null for a sign-in of its own.</summary>
    public DateTimeOffset? NotAfter { get; init; }
}
