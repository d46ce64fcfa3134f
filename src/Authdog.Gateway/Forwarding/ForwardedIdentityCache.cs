using System.Runtime.CompilerServices;
using Authdog.Identity.Sessions;

namespace Authdog.Gateway.Forwarding;

/// <summary>Finds what upstreams are told about a session. Weak keys: an entry lives exactly as long as the session's snapshot (B11).</summary>
internal sealed class ForwardedIdentityCache
{
    private readonly ConditionalWeakTable<Session, ForwardedIdentity> _identities = [];

    public ForwardedIdentity Of(Session session) =>
        _identities.TryGetValue(session, out var identity) ? identity : _identities.GetValue(session, static key => new ForwardedIdentity(key));
}
