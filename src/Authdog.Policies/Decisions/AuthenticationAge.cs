namespace Authdog.Policies.Decisions;

/// <summary>How long ago somebody proved who they are.</summary>
public static class AuthenticationAge
{
    // Nodes' clocks differ a little; a time further in the future than this is a fault, and no proof of freshness.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Whether the authentication is at most <paramref name="age"/> old.</summary>
    public static bool IsAtMost(DateTimeOffset authenticatedAt, TimeSpan age, DateTimeOffset now)
    {
        var actual = now - authenticatedAt;
        return actual <= age && actual >= -ClockSkew;
    }
}
