namespace Authdog.Identity.Sso.Setup;

/// <summary>A value of this side that has to be typed in at a provider.</summary>
internal enum SetupValue
{
    /// <summary>SAML: entity id.</summary>
    EntityId,

    /// <summary>SAML: where responses are posted.</summary>
    ReplyAddress,

    /// <summary>SAML: where logout messages go.</summary>
    Logout,

    /// <summary>OpenID Connect: where the browser comes back to.</summary>
    RedirectUri,

    /// <summary>OpenID Connect: where it comes back to after signing out.</summary>
    PostLogoutRedirectUri,

    /// <summary>OpenID Connect: where the provider says that a session has ended.</summary>
    BackChannelLogoutUri,

    /// <summary>OpenID Connect: where a page of the provider says so.</summary>
    FrontChannelLogoutUri,

    /// <summary>OpenID Connect: our public keys.</summary>
    JwksUri,
}
