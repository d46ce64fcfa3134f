namespace Authdog.Policies.Decisions;

/// <summary>Why: the closed list that drives the response, the log and the explanation.</summary>
public enum AccessReason
{
    /// <summary>No rule matched, and no default allows.</summary>
    NoRuleMatched = 0,

    /// <summary>A <c>deny</c> rule matched; deny wins.</summary>
    DenyRule,

    /// <summary>A <c>public</c> rule matched.</summary>
    PublicRule,

    /// <summary>An <c>optional</c> rule matched.</summary>
    OptionalRule,

    /// <summary>An <c>allow</c> rule matched and its requirement holds.</summary>
    AllowRule,

    /// <summary>Nobody is signed in, and signing in could change the answer.</summary>
    SignInRequired,

    /// <summary>An <c>allow</c> rule matched, but its <c>require</c> does not hold yet.</summary>
    StepUpRequired,

    /// <summary>A rule matched that lets pass once the client has solved a challenge, and it has not yet.</summary>
    ClientChallengeRequired,

    /// <summary>The route names a policy that the catalog does not have.</summary>
    UnknownPolicy,

    /// <summary>Evaluation failed with an exception, and whatever fails denies (B6).</summary>
    EvaluationFailed,
}
