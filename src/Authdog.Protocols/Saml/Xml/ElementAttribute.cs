namespace Authdog.Protocols.Saml.Xml;

/// <summary>An attribute; namespace declarations are not attributes here.</summary>
/// <param name="Prefix">Prefix as written, empty without one.</param>
/// <param name="LocalName">Name without prefix.</param>
/// <param name="Namespace">Namespace, empty without prefix.</param>
/// <param name="Value">Normalised value.</param>
internal readonly record struct ElementAttribute(string Prefix, string LocalName, string Namespace, string Value);
