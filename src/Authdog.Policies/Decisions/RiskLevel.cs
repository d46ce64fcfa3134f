namespace Authdog.Policies.Decisions;

/// <summary>How unusual a sign-in was, in rising order.</summary>
public enum RiskLevel
{
    /// <summary>Nothing was unusual.</summary>
    None = 0,

    /// <summary>A little.</summary>
    Low,

    /// <summary>More than owners usually are.</summary>
    Medium,

    /// <summary>Hardly the owner.</summary>
    High,
}
