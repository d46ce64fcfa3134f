using System.Xml;

namespace Authdog.Protocols.Tests.Saml.Hosting;

/// <summary>The eight published ways to wrap a signed message into one of the attacker's (Somorovsky et al., "On Breaking SAML", 2012, in the numbering of SAML Raider).</summary>
internal static class Wrapping
{
    private const string Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    private const string Signature = "http://www.w3.org/2000/09/xmldsig#";

    public static IReadOnlyDictionary<string, Action<XmlDocument>> All { get; } = new Dictionary<string, Action<XmlDocument>>(StringComparer.Ordinal)
    {
        ["XSW1"] = Xsw1,
        ["XSW2"] = Xsw2,
        ["XSW3"] = Xsw3,
        ["XSW4"] = Xsw4,
        ["XSW5"] = Xsw5,
        ["XSW6"] = Xsw6,
        ["XSW7"] = Xsw7,
        ["XSW8"] = Xsw8,
    };

    // A forged response around the signed one: the signed response hangs in the signature of the forged one.
    private static void Xsw1(XmlDocument document)
    {
        var (original, signature) = TakeResponse(document);
        signature.AppendChild(original);
        Insert(document.DocumentElement!, signature);
    }

    // The same, with the signed response as a sibling before the detached signature.
    private static void Xsw2(XmlDocument document)
    {
        var (original, signature) = TakeResponse(document);
        Insert(document.DocumentElement!, signature);
        document.DocumentElement!.InsertBefore(original, signature);
    }

    // A forged assertion before the signed one.
    private static void Xsw3(XmlDocument document)
    {
        var assertion = Assertion(document);
        assertion.ParentNode!.InsertBefore(Forge(assertion, "_evil"), assertion);
    }

    // The signed assertion inside the forged one.
    private static void Xsw4(XmlDocument document)
    {
        var assertion = Assertion(document);
        var evil = Forge(assertion, "_evil");
        assertion.ParentNode!.ReplaceChild(evil, assertion);
        evil.AppendChild(assertion);
    }

    // The assertion with the signature is forged; a copy of the signed one, with its identifier, stands at the end.
    private static void Xsw5(XmlDocument document)
    {
        var assertion = Assertion(document);
        var original = WithoutSignature(assertion);
        Corrupt(assertion, "_evil");
        assertion.ParentNode!.AppendChild(original);
    }

    // The same, with the copy inside the signature.
    private static void Xsw6(XmlDocument document)
    {
        var assertion = Assertion(document);
        var original = WithoutSignature(assertion);
        Corrupt(assertion, "_evil");
        SignatureOf(assertion).AppendChild(original);
    }

    // A forged assertion, with the same identifier, inside Extensions.
    private static void Xsw7(XmlDocument document)
    {
        var assertion = Assertion(document);
        var extensions = document.CreateElement("samlp", "Extensions", Protocol);
        extensions.AppendChild(Forge(assertion, assertion.GetAttribute("ID")));
        assertion.ParentNode!.InsertBefore(extensions, assertion);
    }

    // The signed assertion inside an Object of the signature of the forged one, which keeps the identifier.
    private static void Xsw8(XmlDocument document)
    {
        var assertion = Assertion(document);
        var original = WithoutSignature(assertion);
        Corrupt(assertion, assertion.GetAttribute("ID"));
        var container = document.CreateElement("ds", "Object", Signature);
        container.AppendChild(original);
        SignatureOf(assertion).AppendChild(container);
    }

    public static XmlElement Assertion(XmlDocument document) => (XmlElement)document.SelectSingleNode("//*[local-name()='Assertion']")!;

    public static void Corrupt(XmlElement assertion, string id)
    {
        assertion.SetAttribute("ID", id);
        foreach (XmlNode node in assertion.SelectNodes(".//*[local-name()='NameID' or local-name()='AttributeValue']/text()")!)
        {
            node.Value = ResponseScenario.Evil;
        }
    }

    public static XmlElement Forge(XmlElement assertion, string id)
    {
        var evil = WithoutSignature(assertion);
        Corrupt(evil, id);
        return evil;
    }

    private static (XmlElement Original, XmlElement Signature) TakeResponse(XmlDocument document)
    {
        var root = document.DocumentElement!;
        var signature = SignatureOf(root);
        var original = (XmlElement)root.CloneNode(deep: true);
        original.RemoveChild(SignatureOf(original));
        root.RemoveChild(signature);
        root.SetAttribute("ID", "_evilresponse");
        Corrupt(Assertion(document), "_evil");
        return (original, signature);
    }

    private static XmlElement WithoutSignature(XmlElement assertion)
    {
        var copy = (XmlElement)assertion.CloneNode(deep: true);
        if (copy.ChildNodes.OfType<XmlElement>().FirstOrDefault(child => child.LocalName == "Signature") is { } signature)
        {
            copy.RemoveChild(signature);
        }

        return copy;
    }

    private static XmlElement SignatureOf(XmlElement element) => element.ChildNodes.OfType<XmlElement>().First(child => child.LocalName == "Signature");

    private static void Insert(XmlElement response, XmlElement signature) =>
        response.InsertAfter(signature, response.ChildNodes.OfType<XmlElement>().First(child => child.LocalName == "Issuer"));
}
