using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Parties;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>What an assertion says, read from signed bytes and checked.</summary>
internal sealed record AssertionContent(
    string Id,
    string Issuer,
    SamlNameId NameId,
    string? SessionIndex,
    DateTimeOffset AuthnInstant,
    DateTimeOffset? SessionNotOnOrAfter,
    string? AuthnContextClassRef,
    IReadOnlyList<SamlAttribute> Attributes,
    string? InResponseTo,
    bool IsEncrypted,
    bool IsOneTimeUse,
    PinnedCertificate SignedBy);
