namespace Authdog.Identity.Sso.Saml;

/// <summary>What an identity provider has to be told of this side of a connection.</summary>
/// <param name="EntityId">Entity id, which is the address of our metadata, too.</param>
/// <param name="AssertionConsumerService">Where responses are posted.</param>
/// <param name="SingleLogoutService">Where logout messages go.</param>
/// <param name="SigningCertificates">Certificates that verify what we sign, in Base64; the first one signs.</param>
/// <param name="EncryptionCertificates">Certificates to encrypt assertions for, in Base64.</param>
public sealed record SamlPublished(string EntityId, string AssertionConsumerService, string SingleLogoutService, IReadOnlyList<string> SigningCertificates, IReadOnlyList<string> EncryptionCertificates);
