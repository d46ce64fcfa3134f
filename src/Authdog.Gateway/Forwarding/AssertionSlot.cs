using Authdog.Gateway.Routing;
using Authdog.Identity.Keys;
using Authdog.Identity.Sessions;

namespace Authdog.Gateway.Forwarding;

/// <summary>The current assertion of one session version on one route. Under concurrency one request signs; while the old one holds, nobody waits for it.</summary>
internal sealed class AssertionSlot
{
    private readonly Lock _signing = new();
    private volatile SignedAssertion? _current;

    public string Get(SigningKey key, Session session, string issuer, string audience, AssertionClaims further, DateTimeOffset now)
    {
        var current = _current;
        if (current is not null && IsFresh(current, key, now))
        {
            return current.Value;
        }

        // Past half its life, or by a key that no longer signs but is still published: good enough while another request signs.
        if (current is not null && now < current.ExpiresAt - TimeSpan.FromSeconds(10))
        {
            if (!_signing.TryEnter())
            {
                return current.Value;
            }
        }
        else
        {
            _signing.Enter();
        }

        try
        {
            current = _current;
            if (current is null || !IsFresh(current, key, now))
            {
                _current = current = AssertionSigner.Sign(key, session, issuer, audience, now, further);
            }

            return current.Value;
        }
        finally
        {
            _signing.Exit();
        }
    }

    private static bool IsFresh(SignedAssertion assertion, SigningKey key, DateTimeOffset now) =>
        now < assertion.RenewAt && string.Equals(assertion.Kid, key.Kid, StringComparison.Ordinal);
}
