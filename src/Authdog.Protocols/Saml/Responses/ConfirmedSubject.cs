using Authdog.Protocols.Saml.Parties;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>The subject of an assertion, confirmed for whoever carries it.</summary>
internal sealed record ConfirmedSubject(SamlNameId NameId, DateTimeOffset NotOnOrAfter);
