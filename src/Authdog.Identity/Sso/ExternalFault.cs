namespace Authdog.Identity.Sso;

/// <summary>What is wrong between a provider and us, as far as who sets a connection up does something else about it. Never shown: words are chosen by it.</summary>
internal enum ExternalFault
{
    /// <summary>Something that has no cure of its own.</summary>
    Other,

    /// <summary>Nothing usable can be read under the issuer.</summary>
    Discovery,

    /// <summary>Somebody else answers than the issuer that was given.</summary>
    Issuer,

    /// <summary>The keys cannot be read, or what is signed is signed by none of them.</summary>
    Keys,

    /// <summary>The provider does not know the client, or does not accept how it shows who it is.</summary>
    Client,

    /// <summary>The provider signed nobody in.</summary>
    Refused,

    /// <summary>The provider does not give the scopes.</summary>
    Scope,

    /// <summary>The provider does not know the redirect URI.</summary>
    RedirectUri,

    /// <summary>The provider does not take its code or refresh token back (<c>invalid_grant</c>).</summary>
    Grant,

    /// <summary>Signed by an algorithm that is not allowed.</summary>
    Algorithm,

    /// <summary>Meant for another client.</summary>
    Audience,

    /// <summary>Over, not valid yet, or without a time.</summary>
    Time,

    /// <summary>Encrypted in a way that cannot be opened, or not encrypted where it must be.</summary>
    Encryption,

    /// <summary>The provider gives no token, or takes no pushed request.</summary>
    Token,

    /// <summary>The provider does not say more about the person.</summary>
    UserInfo,
}
