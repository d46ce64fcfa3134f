namespace Authdog.Identity.Sso.Saml;

/// <summary>Something that was said about a person in a trial.</summary>
/// <param name="Name">The attribute, or <c>NameID</c>.</param>
/// <param name="Values">Its values, as far as a page has room.</param>
/// <param name="Becomes">Key of the text that says what it becomes; null when it is not used.</param>
internal sealed record SamlTrialRow(string Name, string Values, string? Becomes);
