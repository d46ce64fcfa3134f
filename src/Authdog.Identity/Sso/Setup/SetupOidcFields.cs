using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Authdog.Identity.Sso.Setup;

/// <summary>What the products of <see cref="SetupProvider"/> call our values where they are connected by OpenID Connect. The steps are the text <c>Setup.OidcSteps.{Id}</c>.</summary>
internal static class SetupOidcFields
{
    private static readonly FrozenDictionary<string, ImmutableArray<(string Label, SetupValue Value)>> s_fields = new Dictionary<string, ImmutableArray<(string, SetupValue)>>
    {
        ["entra"] = [("Redirect URI (Web)", SetupValue.RedirectUri), ("Front-channel logout URL", SetupValue.FrontChannelLogoutUri)],
        ["okta"] = [("Sign-in redirect URIs", SetupValue.RedirectUri), ("Sign-out redirect URIs", SetupValue.PostLogoutRedirectUri), ("Public keys: URL", SetupValue.JwksUri)],
        ["google"] = [("Authorized redirect URIs", SetupValue.RedirectUri)],
        ["ping"] = [("Redirect URIs", SetupValue.RedirectUri), ("Signoff URLs", SetupValue.PostLogoutRedirectUri), ("JWKS URL", SetupValue.JwksUri)],
        ["onelogin"] = [("Redirect URIs", SetupValue.RedirectUri), ("Post Logout Redirect URIs", SetupValue.PostLogoutRedirectUri)],
        ["auth0"] = [("Allowed Callback URLs", SetupValue.RedirectUri), ("Allowed Logout URLs", SetupValue.PostLogoutRedirectUri), ("Back-Channel Logout URI", SetupValue.BackChannelLogoutUri)],
        ["keycloak"] = [("Valid redirect URIs", SetupValue.RedirectUri), ("Valid post logout redirect URIs", SetupValue.PostLogoutRedirectUri), ("Backchannel logout URL", SetupValue.BackChannelLogoutUri), ("JWKS URL", SetupValue.JwksUri)],
        ["adfs"] = [("Redirect URI", SetupValue.RedirectUri), ("LogoutUri", SetupValue.FrontChannelLogoutUri)],
        ["jumpcloud"] = [("Redirect URIs", SetupValue.RedirectUri)],
        ["other"] = [("redirect_uris", SetupValue.RedirectUri), ("post_logout_redirect_uris", SetupValue.PostLogoutRedirectUri), ("backchannel_logout_uri", SetupValue.BackChannelLogoutUri), ("jwks_uri", SetupValue.JwksUri)],
    }.ToFrozenDictionary();

    /// <summary>The fields of a product, in its own words, and which of our values belongs there.</summary>
    public static ImmutableArray<(string Label, SetupValue Value)> Of(SetupProvider provider) => s_fields[provider.Id];

    /// <summary>Name of a value among a connection's addresses (<see cref="ConnectionAddresses"/>).</summary>
    public static string NameOf(SetupValue value) => value switch
    {
        SetupValue.RedirectUri => "redirect_uri",
        SetupValue.PostLogoutRedirectUri => "post_logout_redirect_uri",
        SetupValue.BackChannelLogoutUri => "backchannel_logout_uri",
        SetupValue.FrontChannelLogoutUri => "frontchannel_logout_uri",
        _ => "jwks_uri",
    };
}
