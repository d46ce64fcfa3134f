using System.Collections.Immutable;

namespace Authdog.Policies.Decisions;

/// <summary>How somebody must have authenticated (RFC 9470: <c>acr_values</c>, <c>max_age</c>). Members that are absent demand nothing.</summary>
public sealed record AuthenticationRequirement
{
    /// <summary>Lowest accepted authentication context class, <c>aal1</c> or <c>aal2</c>.</summary>
    public string? Acr { get; init; }

    /// <summary>Oldest accepted authentication.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Methods (RFC 8176) of which at least one must have been used.</summary>
    public ImmutableArray<string> Amr { get; init; } = [];

    /// <summary>Whether an authentication meets every member that is present.</summary>
    public bool IsMetBy(Subject subject, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return (Acr is null || AssuranceLevel.IsAtLeast(subject.Acr, Acr))
            && (MaxAge is not { } age || AuthenticationAge.IsAtMost(subject.AuthenticatedAt, age, now))
            && (Amr.IsDefaultOrEmpty || UsesAnyOf(subject, Amr));
    }

    private static bool UsesAnyOf(Subject subject, ImmutableArray<string> methods)
    {
        foreach (var method in methods)
        {
            if (subject.Amr.Contains(method))
            {
                return true;
            }
        }

        return false;
    }
}
