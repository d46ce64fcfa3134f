using System.Collections.Concurrent;
using Authdog.Gateway.Routing;
using Authdog.Identity.Keys;
using Authdog.Identity.Sessions;

namespace Authdog.Gateway.Forwarding;

/// <summary>What upstreams are told about one session version: header values made once, and an assertion per route.</summary>
internal sealed class ForwardedIdentity(Session session)
{
    private readonly ConcurrentDictionary<AssertionKey, AssertionSlot> _assertions = new();

    public string User { get; } = session.User.ToString();

    public string Email { get; } = HeaderText.Encode(session.Email);

    public string Name { get; } = HeaderText.Encode(session.Name);

    public string Tenant { get; } = session.Tenant.Value;

    public string Roles { get; } = HeaderText.EncodeList(session.Roles);

    public string Assertion(SigningKey key, string issuer, string route, RouteSettings settings, DateTimeOffset now) =>
        _assertions.GetOrAdd(new AssertionKey(route, settings.Audience, settings.Claims), static _ => new AssertionSlot()).Get(key, session, issuer, settings.Audience, settings.Claims, now);

    // Session and tenant are the table's key, the issuer is one per process (B10).
    private readonly record struct AssertionKey(string Route, string Audience, AssertionClaims Claims);
}
