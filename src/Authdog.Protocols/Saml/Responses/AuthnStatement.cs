namespace Authdog.Protocols.Saml.Responses;

/// <summary>When and how the person authenticated.</summary>
internal sealed record AuthnStatement(DateTimeOffset AuthnInstant, string? SessionIndex, DateTimeOffset? SessionNotOnOrAfter, string? AuthnContextClassRef);
