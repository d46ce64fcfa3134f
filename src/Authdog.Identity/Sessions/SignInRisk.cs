namespace Authdog.Identity.Sessions;

/// <summary>How unusual the sign-in was that a session began with. The store keeps the number.</summary>
public enum SignInRisk
{
    /// <summary>Nothing was unusual, as far as can be known.</summary>
    None = 0,

    /// <summary>What happens to everybody now and then, such as a new device.</summary>
    Low,

    /// <summary>What few owners do, such as signing in from a country where they never were.</summary>
    Medium,

    /// <summary>What hardly an owner does, such as a journey that nobody can make.</summary>
    High,
}
