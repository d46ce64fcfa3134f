using System.Xml.Linq;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Bindings;

/// <summary>What all messages of this service provider begin with.</summary>
internal static class MessageElement
{
    public static XNamespace Protocol { get; } = XmlNames.Protocol;

    public static XNamespace Assertion { get; } = XmlNames.Assertion;

    /// <summary>A message with its issuer as first child.</summary>
    public static XElement Create(string name, string id, DateTimeOffset issueInstant, string destination, string issuer) => new(
        Protocol + name,
        new XAttribute(XNamespace.Xmlns + "samlp", XmlNames.Protocol),
        new XAttribute(XNamespace.Xmlns + "saml", XmlNames.Assertion),
        new XAttribute("ID", id),
        new XAttribute("Version", "2.0"),
        new XAttribute("IssueInstant", SamlInstant.Format(issueInstant)),
        new XAttribute("Destination", destination),
        new XElement(Assertion + "Issuer", issuer));
}
