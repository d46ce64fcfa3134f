namespace Authdog.Protocols.Saml.Logout;

/// <summary>How a logout ended.</summary>
public enum LogoutOutcome
{
    /// <summary>Every session ended.</summary>
    Success,

    /// <summary>The receiver's session ended, but not every other one.</summary>
    Partial,

    /// <summary>It did not work.</summary>
    Failed,
}
