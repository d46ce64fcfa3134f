using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace Authdog.Protocols.Tests.Saml.Hosting;

/// <summary>Signs as an identity provider does, with the canonicalization of .NET and not with the product's.</summary>
internal static class TestSigner
{
    private const string Namespace = "http://www.w3.org/2000/09/xmldsig#";

    /// <summary>Signs the element with an <c>ID</c> inside a document, and puts the signature after its <c>Issuer</c>.</summary>
    public static string Sign(string xml, string id, SignatureSpec spec)
    {
        var document = Load(xml);
        var element = (XmlElement)document.SelectSingleNode($"//*[@ID='{id}']")!;
        var digest = spec.TamperDigestValue(Base64(Hash(spec.Digest, Canonical(element, spec.PrefixList)), spec));
        var signedInfo = $"""<ds:SignedInfo xmlns:ds="{Namespace}"><ds:CanonicalizationMethod Algorithm="{spec.Canonicalization}">{spec.Inclusive}</ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="{spec.Method}">{spec.MethodContent}</ds:SignatureMethod><ds:Reference URI="{spec.ReferenceUri ?? "#" + id}"><ds:Transforms>{spec.TransformsXml}</ds:Transforms><ds:DigestMethod Algorithm="{spec.Digest}"/><ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>{spec.MoreReferences}</ds:SignedInfo>""";

        // In place first, so that inclusive prefixes are those of the message.
        var signature = document.CreateDocumentFragment();
        signature.InnerXml = $"""<ds:Signature xmlns:ds="{Namespace}">{signedInfo.Replace($" xmlns:ds=\"{Namespace}\"", "", StringComparison.Ordinal)}<ds:SignatureValue/>{spec.KeyInfo}{spec.Object}</ds:Signature>""";
        var issuer = element.ChildNodes.OfType<XmlElement>().FirstOrDefault(child => child.LocalName == "Issuer");
        element.InsertAfter(signature, issuer);
        var placed = element.ChildNodes.OfType<XmlElement>().First(child => child.LocalName == "Signature");
        var bytes = Canonical((XmlElement)placed.FirstChild!, spec.PrefixList);
        placed.ChildNodes[1]!.InnerText = Base64(SignBytes(bytes, spec), spec);
        return document.OuterXml;
    }

    public static byte[] Canonical(XmlElement element, string? prefixList = null)
    {
        // Alone, but with the namespaces that are in scope where it stands.
        var document = new XmlDocument { PreserveWhitespace = true };
        var copy = (XmlElement)document.ImportNode(element, deep: true);
        document.AppendChild(copy);
        foreach (var (prefix, uri) in element.CreateNavigator()!.GetNamespacesInScope(XmlNamespaceScope.ExcludeXml))
        {
            var name = prefix.Length == 0 ? "xmlns" : "xmlns:" + prefix;
            if (!copy.HasAttribute(name))
            {
                copy.SetAttribute(name, uri);
            }
        }

        var transform = new XmlDsigExcC14NTransform(includeComments: false, prefixList ?? string.Empty);
        transform.LoadInput(document);
        using var stream = (Stream)transform.GetOutput(typeof(Stream));
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static XmlDocument Load(string xml)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };

        // LoadXml alone would not normalise line ends and attribute values as the standard demands.
        using var reader = XmlReader.Create(new StringReader(xml));
        document.Load(reader);
        return document;
    }

    /// <summary>Signs the way an algorithm's identifier says, forbidden ones included.</summary>
    public static byte[] SignBytes(byte[] bytes, SignatureSpec spec)
    {
        var name = spec.Method[(spec.Method.LastIndexOf('#') + 1)..];
        if (name.StartsWith("hmac", StringComparison.Ordinal))
        {
            // Key confusion: the public certificate as the secret.
            return HMACSHA256.HashData(spec.Key.RawData, bytes);
        }

        var hash = name.Contains("512", StringComparison.Ordinal) ? HashAlgorithmName.SHA512
            : name.Contains("384", StringComparison.Ordinal) ? HashAlgorithmName.SHA384
            : name.EndsWith("sha1", StringComparison.Ordinal) ? HashAlgorithmName.SHA1
            : name.EndsWith("md5", StringComparison.Ordinal) ? HashAlgorithmName.MD5
            : HashAlgorithmName.SHA256;
        if (spec.Key.GetECDsaPrivateKey() is { } ecdsa)
        {
            return ecdsa.SignData(bytes, hash);
        }

        return spec.Key.GetRSAPrivateKey()!.SignData(bytes, hash, name.Contains("MGF1", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
    }

    private static byte[] Hash(string digest, byte[] bytes) => digest switch
    {
        _ when digest.EndsWith("sha1", StringComparison.Ordinal) => CryptographicOperations.HashData(HashAlgorithmName.SHA1, bytes),
        _ when digest.EndsWith("md5", StringComparison.Ordinal) => CryptographicOperations.HashData(HashAlgorithmName.MD5, bytes),
        _ when digest.EndsWith("sha384", StringComparison.Ordinal) => SHA384.HashData(bytes),
        _ when digest.EndsWith("sha512", StringComparison.Ordinal) => SHA512.HashData(bytes),
        _ => SHA256.HashData(bytes),
    };

    private static string Base64(byte[] bytes, SignatureSpec spec) =>
        spec.WrapLines ? $"\n{Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)}\n" : Convert.ToBase64String(bytes);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
