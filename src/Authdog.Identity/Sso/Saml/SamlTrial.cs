using Authdog.Protocols.Saml.Requests;

namespace Authdog.Identity.Sso.Saml;

/// <summary>A sign-in that is only tried: it lets nobody in.</summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Request">What is needed to judge the answer.</param>
/// <param name="Return">Local path of the page that shows the report.</param>
internal sealed record SamlTrial(Guid Connection, OutstandingAuthnRequest Request, string Return);
