namespace Authdog.Protocols.Saml.Responses;

/// <summary>What the identity provider must sign. Every signature that is there must be right, demanded or not.</summary>
public enum SignedPart
{
    /// <summary>The response, the assertion, or both.</summary>
    Any,

    /// <summary>The response.</summary>
    Response,

    /// <summary>The assertion.</summary>
    Assertion,

    /// <summary>Both.</summary>
    Both,
}
