namespace Authdog.Identity.Sso.Oidc;

/// <summary>Says in words what a fault means to who sets a connection up.</summary>
internal static class OidcTrialWords
{
    /// <summary>Key of the text.</summary>
    public static string Of(ExternalFault fault) => fault switch
    {
        ExternalFault.Discovery => "Setup.Why.OidcDiscovery",
        ExternalFault.Issuer => "Setup.Why.OidcIssuer",
        ExternalFault.Keys => "Setup.Why.OidcKeys",
        ExternalFault.Client => "Setup.Why.OidcClient",
        ExternalFault.Refused => "Setup.Why.Status",
        ExternalFault.Scope => "Setup.Why.OidcScope",
        ExternalFault.RedirectUri or ExternalFault.Grant => "Setup.Why.OidcRedirect",
        ExternalFault.Algorithm => "Setup.Why.OidcAlgorithm",
        ExternalFault.Audience => "Setup.Why.OidcAudience",
        ExternalFault.Time => "Setup.Why.Time",
        ExternalFault.Encryption => "Setup.Why.OidcEncryption",
        ExternalFault.Token => "Setup.Why.OidcToken",
        ExternalFault.UserInfo => "Setup.Why.OidcUserInfo",
        _ => "Setup.Why.Other",
    };
}
