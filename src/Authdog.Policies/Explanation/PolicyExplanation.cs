using System.Collections.Immutable;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Explanation;

/// <summary>A decision with its whole reasoning: every rule in order, criterion by criterion.</summary>
/// <param name="Decision">The very decision that enforcement would make.</param>
/// <param name="Why">One sentence for people.</param>
/// <param name="File">File of the policy; <see langword="null"/> when there is no such policy.</param>
/// <param name="Rules">Every rule in the order of the file.</param>
public sealed record PolicyExplanation(
    AccessDecision Decision,
    string Why,
    string? File,
    ImmutableArray<ExplainedRule> Rules)
{
    /// <summary>What would have been enough to pass, up to three ways, least first; empty when it passes, or nothing would.</summary>
    public ImmutableArray<string> Enough { get; init; } = [];

    /// <summary>How the policy of the same name in shadow mode judges; <see langword="null"/> when there is none.</summary>
    public PolicyExplanation? Shadow { get; init; }

    /// <summary>The explanation as plain text of several lines, for a terminal.</summary>
    public string ToText() => ExplanationText.Render(this);
}
