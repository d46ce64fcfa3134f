namespace Authdog.Identity.Sessions;

/// <summary>A person's session at the identity provider that vouched for them: what its logout names, and how long it lasts.</summary>
/// <param name="Issuer">Who says so.</param>
/// <param name="Subject">The person there (<c>sub</c>, <c>NameID</c>).</param>
/// <param name="SessionId">The session there (<c>sid</c>, <c>SessionIndex</c>); null when the provider names none.</param>
/// <param name="TokensId">Id under which the provider's tokens are kept; null when none are.</param>
/// <param name="EndsAt">When it ends at the latest, and what rests on it with it; null when the provider does not say.</param>
public sealed record UpstreamSession(string Issuer, string Subject, string? SessionId, string? TokensId, DateTimeOffset? EndsAt);
