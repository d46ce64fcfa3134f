using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Authdog.Identity.Sessions;
using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Access;

/// <summary>Says once per session version who asks, in the words of the policies.</summary>
internal sealed class SubjectCache
{
    // Weak keys: an entry lives exactly as long as the session snapshot that it describes (B11).
    private readonly ConditionalWeakTable<Session, Subject> _subjects = [];

    public Subject Of(Session session) => _subjects.TryGetValue(session, out var subject) ? subject : _subjects.GetValue(session, Describe);

    private static Subject Describe(Session session) => new()
    {
        UserId = session.User.ToString(),
        Tenant = session.Tenant.Value,
        Email = session.Email,
        EmailVerified = session.EmailVerified,
        Roles = session.Roles.ToFrozenSet(StringComparer.Ordinal),
        Groups = session.Groups.ToFrozenSet(StringComparer.Ordinal),
        Permissions = session.Permissions.ToFrozenSet(StringComparer.Ordinal),
        Acr = session.Acr,
        Amr = session.Amr.ToFrozenSet(StringComparer.Ordinal),
        AuthenticatedAt = session.AuthenticatedAt,
        FactorUses = [.. session.Factors.Select(Describe)],
        SessionCreatedAt = session.CreatedAt,
        Connection = session.Connection,
        Risk = session.Risk switch
        {
            SignInRisk.None => RiskLevel.None,
            SignInRisk.Low => RiskLevel.Low,
            SignInRisk.Medium => RiskLevel.Medium,
            _ => RiskLevel.High,
        },
        ClientKind = ClientKind.UserSession,
        Claims = SubjectClaims.Of(session.Claims),
    };

    // Device-bound is only what cannot be copied: a passkey that may be backed up and is not so far is none ("swk": its key can leave the device).
    private static FactorUse Describe(AuthenticationFactor factor) => new(
        factor.Amr,
        factor.ProvedAt,
        factor.Passkey is { } passkey ? new Passkey(passkey.IsSynced || factor.Amr.Contains("swk") ? PasskeyKind.Synced : PasskeyKind.DeviceBound, passkey.Aaguid) : null);
}
