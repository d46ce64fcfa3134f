namespace Authdog.Identity.Passkeys;

/// <summary>Why an answer of a browser was refused. People read one text for most of them; audit and log have the name.</summary>
internal enum PasskeyRefusal
{
    /// <summary>Not what a browser sends.</summary>
    Malformed,

    /// <summary>No challenge of ours, another browser's, another page's, or too old.</summary>
    Challenge,

    /// <summary>The challenge has been answered already.</summary>
    Replayed,

    /// <summary>No passkey of this tenant, or of another person than the page asked.</summary>
    UnknownCredential,

    /// <summary>Origin, RP ID, flags, key or signature do not hold.</summary>
    NotVerified,

    /// <summary>The user was not verified where that is required.</summary>
    UserNotVerified,

    /// <summary>The signature counter did not rise.</summary>
    CounterRegressed,

    /// <summary>The user is shut out or has not verified the address.</summary>
    UserShutOut,

    /// <summary>The model may not be registered, or nothing proves it.</summary>
    AuthenticatorNotAllowed,

    /// <summary>The credential is registered already.</summary>
    AlreadyRegistered,

    /// <summary>There are as many as a user may have.</summary>
    TooMany,
}
