namespace Authdog.Identity.Mfa;

/// <summary>What became of an authenticator whose first code was typed.</summary>
internal enum AuthenticatorAddition
{
    /// <summary>The code is wrong, or there are too many already.</summary>
    Refused,

    /// <summary>It is kept.</summary>
    Added,

    /// <summary>It was kept before: the same form sent twice.</summary>
    Kept,
}
