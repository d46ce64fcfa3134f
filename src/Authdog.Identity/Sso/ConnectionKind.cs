namespace Authdog.Identity.Sso;

/// <summary>The protocol that a connection speaks. The database keeps the name, so a member is never renamed.</summary>
public enum ConnectionKind
{
    /// <summary>OpenID Connect.</summary>
    Oidc,

    /// <summary>SAML 2.0.</summary>
    Saml,

    /// <summary>A social provider of the gateway's configuration; never a row.</summary>
    Social,
}
