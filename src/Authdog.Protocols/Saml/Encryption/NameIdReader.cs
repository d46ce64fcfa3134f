using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Encryption;

/// <summary>The name identifier of a signed subject or logout request, encrypted or not.</summary>
internal static class NameIdReader
{
    private const int MaxLength = 1024;

    /// <summary>The name identifier, or <see langword="null"/> and why not. A signature covers the ciphertext, so errors may tell.</summary>
    public static SamlNameId? Read(Element parent, IReadOnlyList<ServiceProviderKey> keys, StrictXmlReader reader, out SamlError? error)
    {
        if (parent.Count(XmlNames.Assertion, "NameID") + parent.Count(XmlNames.Assertion, "EncryptedID") != 1)
        {
            error = new(SamlErrorCode.NameIdMissing, "There is no name identifier (NameID), or several. AD FS sends none until a claim rule issues \"Name ID\".");
            return null;
        }

        var element = parent.One(XmlNames.Assertion, "NameID");
        if (parent.One(XmlNames.Assertion, "EncryptedID") is { } carrier)
        {
            if (!EncryptedElement.TryRead(carrier, out var encrypted, out error))
            {
                return null;
            }

            element = encrypted.Decrypt(keys, reader);
            if (element?.Is(XmlNames.Assertion, "NameID") is not true)
            {
                error = new(SamlErrorCode.EncryptedPartRefused, "The encrypted name identifier cannot be decrypted with the key of this connection.");
                return null;
            }
        }

        var value = element!.Content;
        error = value.Length is > 0 and <= MaxLength && !element.Elements.Any()
            ? null
            : new(SamlErrorCode.NameIdMissing, $"The name identifier is empty, longer than {MaxLength} characters, or no plain text.");
        return error is null ? new(value, element.Attribute("Format"), element.Attribute("NameQualifier"), element.Attribute("SPNameQualifier")) : null;
    }
}
