namespace Authdog.Identity.Sso.Setup;

/// <summary>An opened invitation in one request.</summary>
/// <param name="Invite">The invitation.</param>
/// <param name="Connection">The connection that it is for.</param>
internal sealed record SetupStep(SetupInvite Invite, ConnectionRecord Connection)
{
    /// <summary>The chosen preset.</summary>
    public SetupProvider Provider => SetupProvider.Of(Invite.Provider);
}
