using Authdog.Protocols.Saml.Bindings;

namespace Authdog.Protocols.Saml.Parties;

/// <summary>An address of an identity provider.</summary>
/// <param name="Binding">How it wants to be spoken to.</param>
/// <param name="Location">Where requests go.</param>
/// <param name="ResponseLocation">Where responses go, when elsewhere.</param>
public sealed record SamlEndpoint(SamlBinding Binding, string Location, string? ResponseLocation = null);
