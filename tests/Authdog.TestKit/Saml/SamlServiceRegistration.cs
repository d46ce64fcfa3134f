namespace Authdog.TestKit.Saml;

/// <summary>A service provider as an identity provider is told of it.</summary>
/// <param name="EntityId">Its entity id.</param>
/// <param name="AssertionConsumerService">Where responses go, by HTTP-POST.</param>
/// <param name="SingleLogoutService">Where logout messages go.</param>
public sealed record SamlServiceRegistration(string EntityId, string AssertionConsumerService, string SingleLogoutService)
{
    /// <summary>Base64 of the certificates that verify its messages.</summary>
    public IReadOnlyList<string> SigningCertificates { get; init; } = [];

    /// <summary>Base64 of the certificate that assertions are encrypted for.</summary>
    public string? EncryptionCertificate { get; init; }

    /// <summary>Whether the response is signed.</summary>
    public bool SignResponse { get; init; }

    /// <summary>Whether the assertion is signed.</summary>
    public bool SignAssertion { get; init; } = true;

    /// <summary>Whether requests have to be signed.</summary>
    public bool RequireSignedRequests { get; init; }

    /// <summary>Whether the name identifier alone is encrypted (SimpleSAMLphp).</summary>
    public bool EncryptNameId { get; init; }

    /// <summary>Content encryption, by its identifier (samlp).</summary>
    public string EncryptionAlgorithm { get; init; } = "http://www.w3.org/2009/xmlenc11#aes256-gcm";

    /// <summary>Binding of logout messages.</summary>
    public string LogoutBinding { get; init; } = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
}
