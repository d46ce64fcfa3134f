using System.Text;
using System.Xml;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Signatures;
using Authdog.Protocols.Saml.Xml;
using Authdog.Protocols.Tests.Saml.Hosting;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>XML signature wrapping: a valid signature somewhere, and the attacker's assertion where it is read.</summary>
[Trait("Threat", "I8")]
public sealed class SignatureWrappingTests
{
    private static readonly SamlErrorCode[] s_refusals =
    [
        SamlErrorCode.WrongMessage, SamlErrorCode.AssertionCount, SamlErrorCode.SignatureShape, SamlErrorCode.DuplicateId, SamlErrorCode.SignatureReference, SamlErrorCode.SignatureDigest,
    ];

    public static TheoryData<string, string> Variants => new(
        from variant in Wrapping.All.Keys
        from placement in new[] { "response", "assertion", "both" }
        where variant is not ("XSW1" or "XSW2") || placement != "assertion" // They move the response's signature.
        where variant is not ("XSW5" or "XSW6" or "XSW8") || placement != "response" // They move the assertion's.
        select (variant, placement));

    [Theory]
    [MemberData(nameof(Variants))]
    public void Refused(string variant, string placement) =>
        Scenario(placement).Tampered(Wrapping.All[variant]).ShouldBeRefused(s_refusals);

    // The second line of defence alone: even where the shape is not looked at, what comes out of a signature is what was signed.
    [Theory]
    [MemberData(nameof(Variants))]
    public void SignedNodeIsWhatIsConsumed_WithoutTheCheckOfTheShape(string variant, string placement)
    {
        var xml = Scenario(placement).Tampered(Wrapping.All[variant]).Xml();
        if (!new StrictXmlReader(StrictXmlReader.MaxMessageBytes).TryRead(Encoding.UTF8.GetBytes(xml), out var root, out var error))
        {
            error.Code.ShouldBe(SamlErrorCode.DuplicateId);
            return;
        }

        foreach (var element in root.Descendants().Prepend(root).Where(element => element.Count(XmlNames.Signature, "Signature") > 0))
        {
            if (XmlSignatureVerifier.TryVerify(element, [TestKeys.Pin(TestKeys.Idp)], out var verified, out _) && verified.Root.LocalName == "Assertion")
            {
                verified.Root.Content.ShouldNotContain(ResponseScenario.Evil);
                verified.Root.Attribute("ID").ShouldBe("_assertion");
            }
        }
    }

    // What a verifier gives out was read from the digested bytes: no signature in it, no comment, nothing of the first tree.
    [Fact]
    public void VerifiedElement_IsReadFromTheSignedBytes()
    {
        new StrictXmlReader(StrictXmlReader.MaxMessageBytes).TryRead(Encoding.UTF8.GetBytes(new ResponseScenario().Xml()), out var root, out _).ShouldBeTrue();
        var assertion = root!.One(XmlNames.Assertion, "Assertion")!;

        XmlSignatureVerifier.TryVerify(assertion, [TestKeys.Pin(TestKeys.Idp)], out var verified, out _).ShouldBeTrue();

        verified!.Root.ShouldNotBeSameAs(assertion);
        verified.Root.Count(XmlNames.Signature, "Signature").ShouldBe(0);
        verified.Root.Scope.Find("samlp").ShouldBeNull();
    }

    [Fact]
    public void ForgedAssertion_BesideASignedOne_IsRefused_InEveryPlace()
    {
        string[] places = ["//*[local-name()='Status']", "//*[local-name()='Subject']", "//*[local-name()='AttributeValue']", "//*[local-name()='SignedInfo']", "//*[local-name()='AuthnContext']", "/*"];
        foreach (var place in places)
        {
            new ResponseScenario().Tampered(document => document.SelectSingleNode(place)!.AppendChild(Wrapping.Forge(Wrapping.Assertion(document), "_evil"))).ShouldBeRefused(s_refusals);
        }
    }

    [Fact]
    public void SwappedAssertion_InASignedResponse_IsRefused()
    {
        // The assertion is genuine, of another sign-in; the response around it was signed with its own.
        var other = new ResponseScenario { NameId = "<saml:NameID>bob@example.com</saml:NameID>" }.Xml();
        ResponseScenario.BothSigned.Tampered(document =>
        {
            var bob = document.ImportNode(Wrapping.Assertion(TestSigner.Load(other)), deep: true);
            document.DocumentElement!.ReplaceChild(bob, Wrapping.Assertion(document));
        }).ShouldBeRefused(SamlErrorCode.SignatureDigest);
    }

    [Fact]
    public void SignatureOfTheAssertion_AsChildOfTheResponse_IsRefused() =>
        new ResponseScenario().Tampered(document =>
        {
            var signature = Wrapping.Assertion(document).ChildNodes.OfType<XmlElement>().First(child => child.LocalName == "Signature");
            document.DocumentElement!.InsertAfter(signature, document.DocumentElement.FirstChild);
            Wrapping.Corrupt(Wrapping.Assertion(document), "_assertion");
        }).ShouldBeRefused(SamlErrorCode.SignatureReference);

    [Fact]
    public void SignedResponse_InsideAnUnsignedOne_IsRefused() =>
        ResponseScenario.BothSigned.Tampered(document =>
        {
            var inner = document.DocumentElement!;
            var outer = document.CreateElement("samlp", "Response", inner.NamespaceURI);
            outer.SetAttribute("ID", "_outer");
            outer.SetAttribute("Version", "2.0");
            document.ReplaceChild(outer, inner);
            outer.AppendChild(inner);
        }).ShouldBeRefused(SamlErrorCode.WrongMessage);

    private static ResponseScenario Scenario(string placement) => placement switch
    {
        "response" => ResponseScenario.ResponseSigned,
        "assertion" => new(),
        _ => ResponseScenario.BothSigned,
    };
}
