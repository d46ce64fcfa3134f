namespace Authdog.Identity.Sso.Oidc;

/// <summary>The error codes of OAuth 2.0 and OpenID Connect (RFC 6749, sections 4.1.2.1 and 5.2; OpenID Connect Core, section 3.1.2.6), as far as their cures differ.</summary>
internal static class OAuthErrors
{
    /// <summary>What a code says is wrong; null for every other code.</summary>
    public static ExternalFault? FaultOf(string code) => code switch
    {
        "invalid_client" or "unauthorized_client" => ExternalFault.Client,
        "invalid_scope" => ExternalFault.Scope,
        "invalid_grant" => ExternalFault.Grant,
        "access_denied" or "login_required" or "interaction_required" or "consent_required" or "account_selection_required" => ExternalFault.Refused,

        // No standard has a code for it, since a wrong one is never redirected to; providers that say it to the token endpoint's caller do so by these.
        "redirect_uri_mismatch" or "invalid_redirect_uri" => ExternalFault.RedirectUri,
        _ => null,
    };
}
