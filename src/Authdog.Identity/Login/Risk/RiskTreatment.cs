namespace Authdog.Identity.Login.Risk;

/// <summary>What is done about an unusual sign-in, mildest first.</summary>
public enum RiskTreatment
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The owner gets a message.</summary>
    Notice,

    /// <summary>Who has not shown two kinds of proof types a code from a mail too; and the owner gets a message.</summary>
    StepUp,

    /// <summary>Nobody is let in, and the owner gets a message.</summary>
    Refuse,
}
