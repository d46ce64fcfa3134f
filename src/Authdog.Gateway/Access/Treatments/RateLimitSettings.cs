namespace Authdog.Gateway.Access.Treatments;

/// <summary>How many requests of one subject are let through within a window; counted in the shared store, so for all nodes together.</summary>
internal sealed class RateLimitSettings
{
    /// <summary>Requests within <see cref="Window"/>.</summary>
    public int Permits { get; set; } = 60;

    /// <summary>The window. It begins with the first request, and with it the count.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whose requests count together.</summary>
    public RateLimitSubject By { get; set; }
}
