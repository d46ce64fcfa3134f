namespace Authdog.Policies.Decisions;

/// <summary>Named settings that a policy, or one of its rules, chooses for a request. What is <see langword="null"/> is left as the route has it.</summary>
public sealed record Treatment
{
    /// <summary>The policy chooses nothing.</summary>
    public static Treatment None { get; } = new();

    /// <summary>Name of a rate limit.</summary>
    public string? RateLimit { get; init; }

    /// <summary>Name of a set of security headers for the response.</summary>
    public string? SecurityHeaders { get; init; }

    /// <summary>Name of a mapping of identity headers for the upstream.</summary>
    public string? HeaderMapping { get; init; }
}
