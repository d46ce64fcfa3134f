namespace Authdog.Identity.Sso.Setup;

/// <summary>An opened invitation in one request.</summary>
/// <param name="Invite">The invitation.</param>
/// <param name="Connection">The connection that it is for.</param>
internal sealed record SetupStep(SetupInvite Invite, ConnectionRecord Connection)
{
    /// <summary>Whether it is connected by SAML; otherwise by OpenID Connect.</summary>
    public bool IsSaml => Connection.Kind is ConnectionKind.Saml;

    /// <summary>The page that takes what the provider shows.</summary>
    public string Details => IsSaml ? SetupPaths.Metadata : SetupPaths.Client;

    /// <summary>The chosen preset.</summary>
    public SetupProvider Provider => SetupProvider.Of(Invite.Provider);
}
