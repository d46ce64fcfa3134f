using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Encryption;

/// <summary>An <c>EncryptedAssertion</c> or <c>EncryptedID</c> whose shape and algorithms were read; neither depends on a secret, so errors may name them.</summary>
internal sealed class EncryptedElement
{
    private const int MaxWrappedKeys = 4;
    private const int MaxWrappedBytes = 1024;
    private readonly Element _element;
    private readonly ContentCipher _cipher;
    private readonly byte[] _content;
    private readonly (byte[] Wrapped, RSAEncryptionPadding Padding)[] _keys;

    private EncryptedElement(Element element, ContentCipher cipher, byte[] content, (byte[], RSAEncryptionPadding)[] keys) =>
        (_element, _cipher, _content, _keys) = (element, cipher, content, keys);

    /// <summary>Reads one (SAML core, section 2.2.4 and 2.3.4). Keys stand in the data's <c>KeyInfo</c> or beside the data.</summary>
    public static bool TryRead(Element element, [NotNullWhen(true)] out EncryptedElement? encrypted, [NotNullWhen(false)] out SamlError? error)
    {
        encrypted = null;
        if (element.One(XmlNames.Encryption, "EncryptedData") is not { } data || CipherBytes(data, StrictXmlReader.MaxMessageBytes) is not { } content)
        {
            error = new(SamlErrorCode.EncryptionShape, $"{element.LocalName} is not one EncryptedData with its CipherValue.");
            return false;
        }

        var method = data.One(XmlNames.Encryption, "EncryptionMethod")?.Attribute("Algorithm");
        if (ContentCipher.Find(method) is not { } cipher)
        {
            error = new(SamlErrorCode.EncryptionAlgorithm, $"The encryption {SamlError.Quote(method)} is not allowed; set AES-256-GCM at the identity provider, or AES-256-CBC where it knows no GCM.");
            return false;
        }

        Element[] wrapped =
        [
            .. data.All(XmlNames.Signature, "KeyInfo").SelectMany(keyInfo => keyInfo.All(XmlNames.Encryption, "EncryptedKey")),
            .. element.All(XmlNames.Encryption, "EncryptedKey"),
        ];
        if (wrapped.Length is 0 or > MaxWrappedKeys)
        {
            error = new(SamlErrorCode.EncryptionShape, $"{element.LocalName} has no EncryptedKey, or more than {MaxWrappedKeys}.");
            return false;
        }

        var keys = new List<(byte[], RSAEncryptionPadding)>();
        foreach (var key in wrapped)
        {
            if (key.One(XmlNames.Encryption, "EncryptionMethod") is not { } transport || CipherBytes(key, MaxWrappedBytes) is not { } bytes)
            {
                error = new(SamlErrorCode.EncryptionShape, "An EncryptedKey has no EncryptionMethod or no CipherValue.");
                return false;
            }

            if (!KeyTransport.TryRead(transport, out var padding, out error))
            {
                return false;
            }

            keys.Add((bytes, padding));
        }

        error = null;
        encrypted = new(element, cipher, content, [.. keys]);
        return true;
    }

    /// <summary>Decrypts and reads what is inside; <see langword="null"/> for whatever reason it cannot, so that no caller can tell which.</summary>
    /// <param name="keys">Every key that may have been used; a retired one stays until no message needs it.</param>
    /// <param name="reader">Reader of the message that this element stands in.</param>
    public Element? Decrypt(IReadOnlyList<ServiceProviderKey> keys, StrictXmlReader reader)
    {
        // A key that cannot be unwrapped is replaced by a random one and fails where a wrong ciphertext does.
        var contentKey = keys
            .SelectMany(key => _keys.Select(wrapped => key.Unwrap(wrapped.Wrapped, wrapped.Padding)))
            .FirstOrDefault(unwrapped => unwrapped?.Length == _cipher.KeyBytes) ?? RandomNumberGenerator.GetBytes(_cipher.KeyBytes);
        return _cipher.Decrypt(contentKey, _content) is { } plain && reader.TryRead(plain, out var root, out _, _element.Scope) ? root : null;
    }

    private static byte[]? CipherBytes(Element element, int maxBytes) =>
        element.One(XmlNames.Encryption, "CipherData")?.One(XmlNames.Encryption, "CipherValue") is { } value
            && !value.Elements.Any()
            && Base64.TryDecode(value.Content, maxBytes, out var bytes)
            ? bytes
            : null;
}
