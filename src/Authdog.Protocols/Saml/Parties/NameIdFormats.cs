namespace Authdog.Protocols.Saml.Parties;

/// <summary>Formats of name identifiers (SAML core, section 8.3).</summary>
public static class NameIdFormats
{
    /// <summary>Left to the identity provider.</summary>
    public const string Unspecified = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

    /// <summary>An e-mail address.</summary>
    public const string EmailAddress = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

    /// <summary>Opaque and the same at every sign-in: the best key of an account.</summary>
    public const string Persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

    /// <summary>Another one at every sign-in: never the key of an account.</summary>
    public const string Transient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

    /// <summary>The format of an entity, the only one that an issuer may have.</summary>
    public const string Entity = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";

    /// <summary>All that metadata offers, preferred first.</summary>
    public static IReadOnlyList<string> Offered { get; } = [Persistent, EmailAddress, Unspecified, Transient];
}
