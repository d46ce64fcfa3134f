namespace Authdog.Identity.Sso;

/// <summary>Why somebody whom an identity provider vouches for is not let in. Each has texts <c>Sso.{name}.Title</c> and <c>.Text</c>.</summary>
public enum ExternalRefusal
{
    /// <summary>The provider gave no usable address.</summary>
    NoEmail,

    /// <summary>Nobody vouches for the address.</summary>
    EmailUnverified,

    /// <summary>The directory does not know them, and the connection makes no users.</summary>
    NotInvited,

    /// <summary>Their domain signs in by another connection.</summary>
    OtherConnection,

    /// <summary>They are shut out.</summary>
    Disabled,

    /// <summary>The identity belongs to another account of this tenant than the one that is signing in.</summary>
    OtherAccount,

    /// <summary>The identity that somebody wants to add to their account is another account's already.</summary>
    Taken,

    /// <summary>The identity is one of an organisation whose people sign in by it alone: it is not added to somebody's own account.</summary>
    Managed,

    /// <summary>The account has as many identities as it may have.</summary>
    TooMany,

    /// <summary>The provider refused, or the person did there.</summary>
    Refused,

    /// <summary>The answer is not to a question of this browser, or was given before.</summary>
    Unsolicited,

    /// <summary>The provider does not answer, or not as it should.</summary>
    Unavailable,

    /// <summary>The provider's answer is not right: nothing in it is believed.</summary>
    Invalid,

    /// <summary>The provider did not prove as much, or not as freshly, as was asked.</summary>
    TooWeak,
}
