namespace Authdog.Policies.Decisions;

/// <summary>What happens to the request. The default value denies.</summary>
public enum AccessOutcome
{
    /// <summary>Refused; signing in (again) would not help.</summary>
    Deny = 0,

    /// <summary>Not yet: authentication is missing, too weak or too old. See <see cref="AccessDecision.Requirement"/>.</summary>
    Challenge,

    /// <summary>May pass.</summary>
    Allow,
}
