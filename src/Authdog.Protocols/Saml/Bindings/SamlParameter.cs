namespace Authdog.Protocols.Saml.Bindings;

/// <summary>The parameter that carries a message.</summary>
public enum SamlParameter
{
    /// <summary><c>SAMLRequest</c></summary>
    SAMLRequest,

    /// <summary><c>SAMLResponse</c></summary>
    SAMLResponse,
}
