namespace Authdog.Protocols.Saml.Bindings;

/// <summary>A message on its way through the browser: an address to redirect to, or a form to post.</summary>
/// <param name="Binding">Which of the two.</param>
/// <param name="Url">The address; with the redirect binding it carries the whole message.</param>
/// <param name="Fields">Fields of the form, in order; empty with the redirect binding.</param>
public sealed record OutgoingMessage(SamlBinding Binding, string Url, IReadOnlyList<KeyValuePair<string, string>> Fields);
