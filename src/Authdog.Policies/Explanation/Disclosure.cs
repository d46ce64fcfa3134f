namespace Authdog.Policies.Explanation;

/// <summary>How much of a person an explanation shows.</summary>
public enum Disclosure
{
    /// <summary>Addresses, ids, claims and what a client sent are masked.</summary>
    Masked = 0,

    /// <summary>Everything that the criteria saw is shown.</summary>
    Full,
}
