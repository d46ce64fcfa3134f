using System.Collections.Frozen;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary>Somebody after a sign-in that is just what a requirement asks for.</summary>
internal static class Sufficient
{
    public static Subject SignIn(Subject subject, AuthenticationRequirement requirement, DateTimeOffset now)
    {
        var passkey = requirement.Passkey is { } wanted ? new Passkey(wanted.Kind ?? PasskeyKind.Synced, wanted.Aaguids.IsDefaultOrEmpty ? Guid.Empty : wanted.Aaguids[0]) : null;
        var amr = requirement.Amr.IsDefaultOrEmpty ? "pwd" : requirement.Amr[0];
        return subject with
        {
            Acr = requirement.Acr is { } acr && !AssuranceLevel.IsAtLeast(subject.Acr, acr) ? acr : subject.Acr,
            Amr = requirement.Amr.IsDefaultOrEmpty ? subject.Amr : subject.Amr.Append(amr).ToFrozenSet(StringComparer.Ordinal),
            AuthenticatedAt = now,
            FactorUses = [.. subject.FactorUses.IsDefaultOrEmpty ? [new FactorUse([.. subject.Amr], subject.AuthenticatedAt)] : subject.FactorUses, new FactorUse([amr], now, passkey)],
            Connection = requirement.Connections.IsDefaultOrEmpty ? subject.Connection
                : requirement.Connections[0] == Subject.LocalConnection ? null
                : requirement.Connections[0],
        };
    }
}
