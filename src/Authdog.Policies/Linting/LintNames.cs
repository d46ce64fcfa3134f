namespace Authdog.Policies.Linting;

/// <summary>Names that exist outside the policies. What is <see langword="null"/> is not known, and nothing is said about it.</summary>
public sealed record LintNames
{
    /// <summary>Roles of any tenant; letter case does not matter.</summary>
    public IReadOnlyCollection<string>? Roles { get; init; }

    /// <summary>Tenants.</summary>
    public IReadOnlyCollection<string>? Tenants { get; init; }

    /// <summary>SSO and social connections.</summary>
    public IReadOnlyCollection<string>? Connections { get; init; }

    /// <summary>Rate limits that a policy can name.</summary>
    public IReadOnlyCollection<string>? RateLimits { get; init; }

    /// <summary>Sets of security headers that a policy can name.</summary>
    public IReadOnlyCollection<string>? SecurityHeaders { get; init; }

    /// <summary>Header mappings that a policy can name.</summary>
    public IReadOnlyCollection<string>? HeaderMappings { get; init; }

    /// <summary>The routes.</summary>
    public IReadOnlyCollection<LintRoute>? Routes { get; init; }
}
