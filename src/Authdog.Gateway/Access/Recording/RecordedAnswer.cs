using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Access.Recording;

/// <summary>An outcome, why, and by which rule.</summary>
internal sealed record RecordedAnswer(AccessOutcome Outcome, AccessReason Reason, string? Rule)
{
    public static RecordedAnswer Of(AccessDecision decision) => new(decision.Outcome, decision.Reason, decision.Rule);

    public static RecordedAnswer? OfAny(AccessDecision? decision) => decision is null ? null : Of(decision);
}
