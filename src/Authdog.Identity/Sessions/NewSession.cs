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
    private const int UserAgentLength = 256;

    /// <summary>When the session ends at the latest, because it rests on proofs of an earlier one; null for a sign-in of its own.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>How unusual the sign-in is.</summary>
    public SignInRisk Risk { get; init; }

    /// <summary>The session as it begins.</summary>
    internal Session Begin(SessionId id, SessionTerms terms, DateTimeOffset at)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        return Profile.On(new Session
        {
            Id = id,
            Version = 1,
            Tenant = Tenant,
            User = User,
            Email = string.Empty,
            EmailVerified = false,
            Name = string.Empty,
            Roles = [],
            Factors = Factors,
            Acr = Assurance.Acr(Factors),
            Amr = Assurance.Amr(Factors),
            AuthenticatedAt = Assurance.AuthenticatedAt(Factors),
            Risk = Risk,
            CreatedAt = now,
            AbsoluteExpiresAt = NotAfter is { } latest && latest < now + terms.AbsoluteLifetime ? latest : now + terms.AbsoluteLifetime,
            UserAgent = UserAgent is { Length: > UserAgentLength } text ? text[..UserAgentLength] : UserAgent,
            RemoteAddress = RemoteAddress,
        });
    }
}
