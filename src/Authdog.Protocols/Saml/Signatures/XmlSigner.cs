using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Xml;

namespace Authdog.Protocols.Saml.Signatures;

/// <summary>Signs messages of this service provider in the profile that <see cref="XmlSignatureVerifier"/> accepts.</summary>
internal static class XmlSigner
{
    private static readonly XNamespace s_signature = XmlNames.Signature;

    /// <summary>Puts an enveloped signature into an element.</summary>
    /// <param name="root">The element; it has an <c>ID</c>.</param>
    /// <param name="after">The child after which the schema wants the signature; <see langword="null"/> puts it first.</param>
    /// <param name="key">The key.</param>
    public static void Sign(XElement root, XElement? after, ServiceProviderKey key)
    {
        var digest = Convert.ToBase64String(SHA256.HashData(Canonical(root)));
        var signedInfo = new XElement(
            s_signature + "SignedInfo",
            new XAttribute(XNamespace.Xmlns + "ds", XmlNames.Signature),
            Method("CanonicalizationMethod", XmlNames.ExclusiveCanonicalization),
            Method("SignatureMethod", key.Algorithm.Uri),
            new XElement(
                s_signature + "Reference",
                new XAttribute("URI", "#" + root.Attribute("ID")!.Value),
                new XElement(
                    s_signature + "Transforms",
                    Method("Transform", XmlNames.Signature + "enveloped-signature"),
                    Method("Transform", XmlNames.ExclusiveCanonicalization)),
                Method("DigestMethod", DigestAlgorithm.Sha256),
                new XElement(s_signature + "DigestValue", digest)));
        var value = Convert.ToBase64String(key.Sign(Canonical(signedInfo)));
        var signature = new XElement(
            s_signature + "Signature",
            new XAttribute(XNamespace.Xmlns + "ds", XmlNames.Signature),
            signedInfo,
            new XElement(s_signature + "SignatureValue", value),
            new XElement(s_signature + "KeyInfo", new XElement(s_signature + "X509Data", new XElement(s_signature + "X509Certificate", key.CertificateBase64))));
        if (after is null)
        {
            root.AddFirst(signature);
        }
        else
        {
            after.AddAfterSelf(signature);
        }
    }

    private static XElement Method(string name, string algorithm) => new(s_signature + name, new XAttribute("Algorithm", algorithm));

    private static byte[] Canonical(XElement element) =>
        new StrictXmlReader(StrictXmlReader.MaxMessageBytes).TryRead(Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)), out var root, out var error)
            ? ExclusiveCanonicalization.Write(root, [])
            : throw new InvalidOperationException($"A message of our own cannot be read: {error}");
}
