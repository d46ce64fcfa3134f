namespace Authdog.Identity.Login;

/// <summary>Whether a method can be used in a login.</summary>
public enum MethodAvailability
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>It can be proved now.</summary>
    Ready,

    /// <summary>The user has not set it up, and may do so in this login.</summary>
    Enrollable,
}
