using Authdog.Protocols.Saml.Keys;

namespace Authdog.Protocols.Saml.Parties;

/// <summary>This gateway as the service provider of one connection.</summary>
public sealed record SamlServiceProvider
{
    /// <summary>Entity id: the audience of assertions, the issuer of requests.</summary>
    public required string EntityId { get; init; }

    /// <summary>The one address that takes responses: their destination and recipient, character for character.</summary>
    public required string AssertionConsumerService { get; init; }

    /// <summary>The address that takes logout messages; <see langword="null"/> without single logout.</summary>
    public string? SingleLogoutService { get; init; }

    /// <summary>Keys that sign. The first one signs; all are published, so that a new one is known before it is used.</summary>
    public IReadOnlyList<ServiceProviderKey> SigningKeys { get; init; } = [];

    /// <summary>Keys that decrypt. All are tried; all that are published may be used by the identity provider.</summary>
    public IReadOnlyList<ServiceProviderKey> DecryptionKeys { get; init; } = [];
}
