using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Rules;

/// <summary>One compiled rule with its answers held ready.</summary>
internal sealed class Rule
{
    private readonly Criterion? when;

    public Rule(string policy, string name, int line, RuleEffect effect, Criterion? when, AuthenticationRequirement? requirement)
    {
        this.when = when;
        Name = name;
        Line = line;
        Effect = effect;
        Requirement = requirement;
        Applies = effect switch
        {
            RuleEffect.Public => new AccessDecision(AccessOutcome.Allow, AccessReason.PublicRule, policy, name, null, PassesIdentity: false),
            RuleEffect.Optional => new AccessDecision(AccessOutcome.Allow, AccessReason.OptionalRule, policy, name, null, PassesIdentity: true),
            RuleEffect.Allow => new AccessDecision(AccessOutcome.Allow, AccessReason.AllowRule, policy, name, null, PassesIdentity: true),
            _ => new AccessDecision(AccessOutcome.Deny, AccessReason.DenyRule, policy, name, null, PassesIdentity: false),
        };
        StepUp = new AccessDecision(AccessOutcome.Challenge, AccessReason.StepUpRequired, policy, name, requirement, PassesIdentity: false);
        SignIn = new AccessDecision(AccessOutcome.Challenge, AccessReason.SignInRequired, policy, name, requirement, PassesIdentity: false);
    }

    public string Name { get; }

    public int Line { get; }

    public RuleEffect Effect { get; }

    public AuthenticationRequirement? Requirement { get; }

    /// <summary><see langword="null"/> matches every request.</summary>
    public Criterion? When => when;

    /// <summary>The answer when the rule matches and its requirement holds.</summary>
    public AccessDecision Applies { get; }

    /// <summary>The answer when only the requirement is missing.</summary>
    public AccessDecision StepUp { get; }

    /// <summary>The answer when signing in may make the rule match.</summary>
    public AccessDecision SignIn { get; }

    public Verdict Judge(in AccessRequest request, AbsentPerson absent) => when?.Judge(in request, absent) ?? Verdict.Hit;
}
