using System.Collections.Immutable;
using System.Globalization;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Sessions;

/// <summary>What a sign-in fixes for the session's life.</summary>
internal sealed record FixedPart(string Tenant, string User, ImmutableArray<AuthenticationFactor> Factors, long CreatedAt, long AbsoluteExpiresAt, string? UserAgent, string? RemoteAddress, SignInRisk Risk = SignInRisk.None)
{
    public static FixedPart Of(Session session) => new(
        session.Tenant.Value,
        session.User.Value.ToString("D", CultureInfo.InvariantCulture),
        session.Factors,
        session.CreatedAt.ToUnixTimeMilliseconds(),
        session.AbsoluteExpiresAt.ToUnixTimeMilliseconds(),
        session.UserAgent,
        session.RemoteAddress,
        session.Risk);

    public Session? ToSession(SessionId id) =>
        TenantId.TryParse(Tenant, out var tenant) && UserId.TryParse(User, out var user) && !Factors.IsDefaultOrEmpty
            ? new Session
            {
                Id = id,
                Version = 0,
                Tenant = tenant,
                User = user,
                Email = string.Empty,
                EmailVerified = false,
                Name = string.Empty,
                Roles = [],
                Factors = Factors,
                Acr = Assurance.Acr(Factors),
                Amr = Assurance.Amr(Factors),
                AuthenticatedAt = Assurance.AuthenticatedAt(Factors),
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
                AbsoluteExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(AbsoluteExpiresAt),
                UserAgent = UserAgent,
                RemoteAddress = RemoteAddress,
                Risk = Risk,
            }
            : null;
}
