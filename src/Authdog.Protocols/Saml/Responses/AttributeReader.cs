using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Responses;

/// <summary>Attribute statements (SAML core, section 2.7.3).</summary>
internal static class AttributeReader
{
    /// <summary>The attributes in order, or <see langword="null"/> and why not.</summary>
    public static IReadOnlyList<SamlAttribute>? Read(Element assertion, out SamlError? error)
    {
        error = null;
        var attributes = new List<SamlAttribute>();
        foreach (var statement in assertion.All(XmlNames.Assertion, "AttributeStatement"))
        {
            if (statement.Count(XmlNames.Assertion, "EncryptedAttribute") > 0)
            {
                error = new(SamlErrorCode.EncryptedPartRefused, "Encrypted attributes are not supported; set the identity provider to encrypt the whole assertion.");
                return null;
            }

            foreach (var attribute in statement.All(XmlNames.Assertion, "Attribute"))
            {
                if (attribute.Attribute("Name") is not { Length: > 0 } name)
                {
                    error = new(SamlErrorCode.WrongMessage, "An attribute of the assertion has no Name.");
                    return null;
                }

                attributes.Add(new(name, attribute.Attribute("NameFormat"), attribute.Attribute("FriendlyName"), [.. Values(attribute)]));
            }
        }

        return attributes;
    }

    private static IEnumerable<string> Values(Element attribute) => attribute.All(XmlNames.Assertion, "AttributeValue")
        .Where(value => value.Attribute(XmlNames.SchemaInstance, "nil") is not ("true" or "1"))
        .Select(value => value.Content);
}
