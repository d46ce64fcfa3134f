using System.Text;
using System.Xml.Linq;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Encryption;
using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;
using Authdog.Protocols.Saml.Signatures;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Metadata;

/// <summary>The metadata of this service provider, which an identity provider reads (SAML metadata, section 2).</summary>
public sealed record ServiceProviderMetadata
{
    private static readonly XNamespace s_metadata = XmlNames.Metadata;
    private static readonly XNamespace s_signature = XmlNames.Signature;
    private static readonly XNamespace s_encryption11 = XmlNames.Encryption11;

    /// <summary>Who it describes. All signing and decryption keys are published, so that a key is known before it is used.</summary>
    public required SamlServiceProvider ServiceProvider { get; init; }

    /// <summary>Until when a copy may be used.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>Whether this connection signs its requests.</summary>
    public bool AuthnRequestsSigned { get; init; } = true;

    /// <summary>Whether this connection demands signed assertions.</summary>
    public bool WantAssertionsSigned { get; init; } = true;

    /// <summary>Wanted formats of the name identifier, preferred first.</summary>
    public IReadOnlyList<string> NameIdFormats { get; init; } = Parties.NameIdFormats.Offered;

    /// <summary>Whether the first signing key signs the metadata.</summary>
    public bool IsSigned { get; init; }

    /// <summary>The document, UTF-8.</summary>
    public byte[] Write()
    {
        var descriptor = new XElement(
            s_metadata + "SPSSODescriptor",
            new XAttribute("AuthnRequestsSigned", AuthnRequestsSigned),
            new XAttribute("WantAssertionsSigned", WantAssertionsSigned),
            new XAttribute("protocolSupportEnumeration", XmlNames.Protocol),
            ServiceProvider.SigningKeys.Select(key => Key("signing", key)),
            ServiceProvider.DecryptionKeys.Select(key => Key("encryption", key, Methods())),
            ServiceProvider.SingleLogoutService is not { } logout ? null : new[] { SamlBindingUris.Redirect, SamlBindingUris.Post }.Select(binding => Endpoint("SingleLogoutService", binding, logout)),
            NameIdFormats.Select(format => new XElement(s_metadata + "NameIDFormat", format)),
            Endpoint("AssertionConsumerService", SamlBindingUris.Post, ServiceProvider.AssertionConsumerService, new XAttribute("index", "0"), new XAttribute("isDefault", "true")));
        var root = new XElement(
            s_metadata + "EntityDescriptor",
            new XAttribute(XNamespace.Xmlns + "md", XmlNames.Metadata),
            new XAttribute("ID", MessageId.Next()),
            new XAttribute("entityID", ServiceProvider.EntityId),
            new XAttribute("validUntil", SamlInstant.Format(ValidUntil)),
            descriptor);
        if (IsSigned)
        {
            XmlSigner.Sign(root, after: null, ServiceProvider.SigningKeys[0]);
        }

        return Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting));
    }

    private static XElement Endpoint(string name, string binding, string location, params XAttribute[] more) =>
        new(s_metadata + name, new XAttribute("Binding", binding), new XAttribute("Location", location), more);

    private static XElement Key(string use, ServiceProviderKey key, params IEnumerable<XElement> methods) => new(
        s_metadata + "KeyDescriptor",
        new XAttribute("use", use),
        new XElement(
            s_signature + "KeyInfo",
            new XAttribute(XNamespace.Xmlns + "ds", XmlNames.Signature),
            new XElement(s_signature + "X509Data", new XElement(s_signature + "X509Certificate", key.CertificateBase64))),
        methods);

    // The parameters are spelled out, so that nobody guesses a pair of hashes that the platform cannot do.
    private static IEnumerable<XElement> Methods() =>
    [
        .. ContentCipher.All.Select(cipher => Method(cipher.Uri)),
        Method(KeyTransport.Oaep, Digest(DigestAlgorithm.Sha256), new XElement(s_encryption11 + "MGF", new XAttribute("Algorithm", XmlNames.Encryption11 + "mgf1sha256"))),
        Method(KeyTransport.OaepMgf1p, Digest(KeyTransport.Sha1)),
    ];

    private static XElement Method(string uri, params XElement[] parameters) => new(s_metadata + "EncryptionMethod", new XAttribute("Algorithm", uri), parameters);

    private static XElement Digest(string uri) => new(s_signature + "DigestMethod", new XAttribute("Algorithm", uri));
}
