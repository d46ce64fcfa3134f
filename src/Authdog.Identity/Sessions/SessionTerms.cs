namespace Authdog.Identity.Sessions;

/// <summary>What a tenant's sessions have to keep to.</summary>
/// <param name="IdleTimeout">A session that is not used for this long is over.</param>
/// <param name="AbsoluteLifetime">A session is over this long after sign-in.</param>
/// <param name="MaximumPerUser">How many sessions one user may have.</param>
/// <param name="IsOpen">Whether the tenant has sessions at all: it has none while it is suspended or deleted.</param>
/// <param name="EndedAt">No session that began until then is one any more.</param>
internal sealed record SessionTerms(TimeSpan IdleTimeout, TimeSpan AbsoluteLifetime, int MaximumPerUser, bool IsOpen = true, DateTimeOffset? EndedAt = null)
{
    public static SessionTerms Of(SessionOptions options) => new(options.IdleTimeout, options.AbsoluteLifetime, options.MaximumPerUser);

    /// <summary>Whether a session is still one. A tenant that shortens its lifetimes shortens those of running sessions too.</summary>
    public bool Allow(Session session, long seen, DateTimeOffset now) =>
        IsOpen
        && !(session.CreatedAt <= EndedAt)
        && now < session.AbsoluteExpiresAt
        && now - session.CreatedAt < AbsoluteLifetime
        && now - DateTimeOffset.FromUnixTimeMilliseconds(seen) < IdleTimeout;

    /// <summary>Whether a use has to be written: at most once per tenth of the idle time.</summary>
    public bool IsTouchDue(long seen, DateTimeOffset now) => now - DateTimeOffset.FromUnixTimeMilliseconds(seen) >= IdleTimeout / 10;
}
