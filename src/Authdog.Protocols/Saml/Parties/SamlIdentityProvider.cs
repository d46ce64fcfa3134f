using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Keys;

namespace Authdog.Protocols.Saml.Parties;

/// <summary>What a connection knows of its identity provider: by its metadata, or typed in.</summary>
public sealed record SamlIdentityProvider
{
    /// <summary>Its entity id; every message names it as issuer, character for character.</summary>
    public required string EntityId { get; init; }

    /// <summary>Certificates whose keys are believed; several while one takes over from another.</summary>
    public required IReadOnlyList<PinnedCertificate> SigningCertificates { get; init; }

    /// <summary>Where people sign in.</summary>
    public IReadOnlyList<SamlEndpoint> SingleSignOn { get; init; } = [];

    /// <summary>Where logout messages go; empty when it has no single logout.</summary>
    public IReadOnlyList<SamlEndpoint> SingleLogout { get; init; } = [];

    /// <summary>Formats of name identifiers that it says it supports.</summary>
    public IReadOnlyList<string> NameIdFormats { get; init; } = [];

    /// <summary>Whether it demands signed requests.</summary>
    public bool WantAuthnRequestsSigned { get; init; }

    /// <summary>The endpoint of a binding, or of any binding when that one is missing.</summary>
    public static SamlEndpoint? Choose(IReadOnlyList<SamlEndpoint> endpoints, SamlBinding preferred) =>
        endpoints.FirstOrDefault(endpoint => endpoint.Binding == preferred) ?? (endpoints.Count > 0 ? endpoints[0] : null);
}
