namespace Authdog.Policies.Decisions;

/// <summary>The answer, as plain data. Rules hold theirs ready, so that deciding allocates nothing.</summary>
/// <param name="Outcome">What happens.</param>
/// <param name="Reason">Why.</param>
/// <param name="Policy">Name of the policy that decided.</param>
/// <param name="Rule">Name of the rule that decided; <see langword="null"/> when none matched.</param>
/// <param name="Requirement">What a challenge asks for; <see langword="null"/> when any sign-in does.</param>
/// <param name="PassesIdentity">Whether the upstream is told who asks (false for <c>public</c>).</param>
public sealed record AccessDecision(
    AccessOutcome Outcome,
    AccessReason Reason,
    string Policy,
    string? Rule,
    AuthenticationRequirement? Requirement,
    bool PassesIdentity);
