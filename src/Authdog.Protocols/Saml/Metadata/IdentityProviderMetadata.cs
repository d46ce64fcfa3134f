using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Parties;

namespace Authdog.Protocols.Saml.Metadata;

/// <summary>Metadata of an identity provider, read.</summary>
/// <param name="IdentityProvider">Who it describes.</param>
/// <param name="ValidUntil">Until when it may be used.</param>
/// <param name="CacheDuration">How long to wait before asking again.</param>
/// <param name="Warnings">What was left out, and why: each a certificate or address that cannot be used; and certificates that have expired.</param>
public sealed record IdentityProviderMetadata(SamlIdentityProvider IdentityProvider, DateTimeOffset? ValidUntil, TimeSpan? CacheDuration, IReadOnlyList<SamlError> Warnings);
