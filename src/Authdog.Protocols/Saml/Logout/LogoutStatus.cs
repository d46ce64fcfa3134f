namespace Authdog.Protocols.Saml.Logout;

/// <summary>Status codes of logout responses (SAML core, section 3.2.2.2).</summary>
internal static class LogoutStatus
{
    public const string Success = "urn:oasis:names:tc:SAML:2.0:status:Success";
    public const string Responder = "urn:oasis:names:tc:SAML:2.0:status:Responder";
    public const string PartialLogout = "urn:oasis:names:tc:SAML:2.0:status:PartialLogout";

    /// <summary>The outcome of a top-level code and the code below it. Some put the partial logout on top, where the standard has it below.</summary>
    public static LogoutOutcome Read(string? code, string? inner) => (code, inner) switch
    {
        (PartialLogout, _) or (_, PartialLogout) => LogoutOutcome.Partial,
        (Success, _) => LogoutOutcome.Success,
        _ => LogoutOutcome.Failed,
    };
}
