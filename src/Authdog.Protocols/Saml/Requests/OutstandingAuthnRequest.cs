namespace Authdog.Protocols.Saml.Requests;

/// <summary>A request that this browser is waiting for the answer of; the caller takes it out of its store before it verifies.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="IssueInstant">When it was sent.</param>
/// <param name="ForceAuthn">Whether it asked for a fresh authentication.</param>
/// <param name="AuthnContextClassRefs">The classes of authentication that it asked for; none when any will do.</param>
public sealed record OutstandingAuthnRequest(string Id, DateTimeOffset IssueInstant, bool ForceAuthn, IReadOnlyList<string> AuthnContextClassRefs);
