using Authdog.Protocols.Saml.Errors;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Says in words what an answer's error means to who sets a connection up.</summary>
internal static class SamlTrialWords
{
    /// <summary>Key of the text.</summary>
    public static string Of(SamlErrorCode code) => code switch
    {
        SamlErrorCode.StatusNotSuccess => "Setup.Why.Status",
        SamlErrorCode.SignatureUntrusted or SamlErrorCode.SignatureDigest or SamlErrorCode.NoCertificate => "Setup.Why.Signature",
        SamlErrorCode.SignatureMissing or SamlErrorCode.SignatureAlgorithm => "Setup.Why.Unsigned",
        SamlErrorCode.WrongAudience => "Setup.Why.Audience",
        SamlErrorCode.WrongDestination or SamlErrorCode.WrongRecipient => "Setup.Why.Address",
        SamlErrorCode.WrongIssuer => "Setup.Why.Issuer",
        SamlErrorCode.NotYetValid or SamlErrorCode.Expired => "Setup.Why.Time",
        SamlErrorCode.EncryptedAssertionUnusable or SamlErrorCode.EncryptionAlgorithm or SamlErrorCode.EncryptionShape => "Setup.Why.Encryption",
        _ => "Setup.Why.Other",
    };
}
