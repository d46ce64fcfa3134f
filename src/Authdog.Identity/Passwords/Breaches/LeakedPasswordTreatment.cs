namespace Authdog.Identity.Passwords.Breaches;

/// <summary>What becomes of a sign-in whose password is right and leaked.</summary>
public enum LeakedPasswordTreatment
{
    /// <summary>Nothing: it is not even looked up, and is no risk of the sign-in either.</summary>
    None,

    /// <summary>The owner gets a message.</summary>
    Notice,

    /// <summary>The owner gets a message, and sets a new one before anything else.</summary>
    Replace,
}
