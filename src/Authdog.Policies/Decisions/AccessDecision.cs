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
    bool PassesIdentity)
{
    /// <summary>What a <c>deny</c> rule says to the person; plain text.</summary>
    public string? Message { get; init; }

    /// <summary>Where a <c>deny</c> rule sends the person for help: a local path or an <c>https</c> URL.</summary>
    public string? Link { get; init; }

    /// <summary>Rate limit, security headers and header mapping that hold for the request; never <see langword="null"/>.</summary>
    public Treatment Treatment { get; init; } = Treatment.None;

    /// <summary>
    /// What would have been decided were the rules in shadow mode enforced; <see langword="null"/> when the policy has none,
    /// or they change nothing. Never enforced: for the record alone.
    /// </summary>
    public AccessDecision? WithShadowRules { get; init; }

    /// <summary>
    /// What the policy of the same name in shadow mode would have decided; <see langword="null"/> when there is none, or it
    /// decides the same. Never enforced: for the record alone.
    /// </summary>
    public AccessDecision? ByShadowPolicy { get; init; }
}
