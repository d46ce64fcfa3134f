namespace Authdog.Policies.Criteria;

/// <summary>What a criterion says of a request. The order matters: <c>all</c> is the least of its parts, <c>any</c> the greatest.</summary>
public enum Verdict
{
    /// <summary>Does not match.</summary>
    Miss = 0,

    /// <summary>Cannot be told. It does not match in a rule that lets pass, and matches in one that refuses.</summary>
    Unknown,

    /// <summary>Matches.</summary>
    Hit,
}
