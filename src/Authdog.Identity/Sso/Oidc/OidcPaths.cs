namespace Authdog.Identity.Sso.Oidc;

/// <summary>Where OpenID Connect connections live (SURFACE, "HTTP").</summary>
internal static class OidcPaths
{
    /// <summary>Where a provider sends the browser back to.</summary>
    public static string Callback(ConnectionRecord connection) =>
        connection.Kind is ConnectionKind.Social ? $"/.authdog/social/{connection.Slug}/callback" : $"{ConnectionPaths.Oidc}/{connection.Slug}/callback";

    /// <summary>Where a provider says that a session has ended (OpenID Connect Back-Channel Logout).</summary>
    public static string BackChannelLogout(string slug) => $"{ConnectionPaths.Oidc}/{slug}/backchannel-logout";

    /// <summary>Where a provider's page says so (OpenID Connect Front-Channel Logout).</summary>
    public static string FrontChannelLogout(string slug) => $"{ConnectionPaths.Oidc}/{slug}/frontchannel-logout";

    /// <summary>Public keys of the connection.</summary>
    public static string Jwks(string slug) => $"{ConnectionPaths.Oidc}/{slug}/jwks.json";
}
