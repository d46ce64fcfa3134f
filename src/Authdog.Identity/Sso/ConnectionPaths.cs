using Authdog.Identity.Login;
using Authdog.Identity.Pages;

namespace Authdog.Identity.Sso;

/// <summary>Where connections live.</summary>
internal static class ConnectionPaths
{
    /// <summary>OpenID Connect.</summary>
    public const string Oidc = PagePaths.Prefix + "/oidc";

    /// <summary>SAML.</summary>
    public const string Saml = PagePaths.Prefix + "/saml";

    /// <summary>The page of a login that leads to a connection's provider.</summary>
    public static string Start(LoginFlow flow, ConnectionRecord connection) => LoginAddress.By(flow, ConnectionMethod.MethodName) + "&connection=" + connection.Slug;
}
