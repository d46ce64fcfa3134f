using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Policies.Rules;

/// <summary>One compiled rule with its answers held ready.</summary>
internal sealed class Rule
{
    private readonly Criterion? when;

    public Rule(
        string policy,
        string name,
        int line,
        RuleEffect effect,
        Criterion? when,
        AuthenticationRequirement? requirement,
        bool isShadow,
        RefusalWords words,
        Treatment treatment,
        bool needsChallenge = false)
    {
        this.when = when;
        Name = name;
        Line = line;
        Effect = effect;
        Requirement = requirement;
        IsShadow = isShadow;
        NeedsChallenge = needsChallenge;
        Applies = effect switch
        {
            RuleEffect.Public => Decision(AccessOutcome.Allow, AccessReason.PublicRule, null, passesIdentity: false),
            RuleEffect.Optional => Decision(AccessOutcome.Allow, AccessReason.OptionalRule, null, passesIdentity: true),
            RuleEffect.Allow => Decision(AccessOutcome.Allow, AccessReason.AllowRule, null, passesIdentity: true),
            _ => Decision(AccessOutcome.Deny, AccessReason.DenyRule, null, passesIdentity: false) with { Message = words.Message, Link = words.Link },
        };
        StepUp = Decision(AccessOutcome.Challenge, AccessReason.StepUpRequired, requirement, passesIdentity: false);
        Challenge = Decision(AccessOutcome.Challenge, AccessReason.ClientChallengeRequired, null, passesIdentity: false);
        SignIn = Decision(AccessOutcome.Challenge, AccessReason.SignInRequired, requirement, passesIdentity: false);

        AccessDecision Decision(AccessOutcome outcome, AccessReason reason, AuthenticationRequirement? wanted, bool passesIdentity) =>
            new(outcome, reason, policy, name, wanted, passesIdentity) { Treatment = treatment };
    }

    public string Name { get; }

    public int Line { get; }

    public RuleEffect Effect { get; }

    public AuthenticationRequirement? Requirement { get; }

    /// <summary>Whether it is judged and recorded, and not enforced.</summary>
    public bool IsShadow { get; }

    /// <summary>Whether it lets pass only a client that has solved a challenge.</summary>
    public bool NeedsChallenge { get; }

    /// <summary><see langword="null"/> matches every request.</summary>
    public Criterion? When => when;

    /// <summary>The answer when the rule matches and its requirement holds.</summary>
    public AccessDecision Applies { get; }

    /// <summary>The answer when only the requirement is missing.</summary>
    public AccessDecision StepUp { get; }

    /// <summary>The answer when only a solved challenge is missing.</summary>
    public AccessDecision Challenge { get; }

    /// <summary>The answer when signing in may make the rule match.</summary>
    public AccessDecision SignIn { get; }

    public Verdict Judge(in AccessRequest request, AbsentPerson absent) => when?.Judge(in request, absent) ?? Verdict.Hit;
}
