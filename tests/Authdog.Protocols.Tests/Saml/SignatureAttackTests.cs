using System.Security.Cryptography;
using System.Xml;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Tests.Saml.Hosting;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>Signatures that are missing, weak, of somebody else, or over something else.</summary>
[Trait("Threat", "I8")]
public sealed class SignatureAttackTests
{
    private const string Xmldsig = "http://www.w3.org/2000/09/xmldsig#";
    private const string Exclusive = "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>";
    private const string Enveloped = "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>";

    [Fact]
    public void SignatureStripping_IsRefused() =>
        new ResponseScenario { AssertionSignature = null }.ShouldBeRefused(SamlErrorCode.SignatureMissing);

    [Fact]
    public void SignatureStripping_ByRenaming_IsRefused() =>
        new ResponseScenario { Tamper = static xml => xml.Replace("ds:Signature>", "ds:signature>", StringComparison.Ordinal).Replace("<ds:Signature ", "<ds:signature ", StringComparison.Ordinal) }
            .ShouldBeRefused(SamlErrorCode.SignatureMissing);

    [Theory]
    [InlineData("urn:evil")]
    [InlineData("http://www.w3.org/2000/09/xmldsig")]
    public void SignatureInAnotherNamespace_IsRefused(string uri) =>
        new ResponseScenario { Tamper = xml => xml.Replace($"xmlns:ds=\"{Xmldsig}\"", $"xmlns:ds=\"{uri}\"", StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.SignatureShape);

    [Fact]
    public void EmptySignature_IsRefused() =>
        new ResponseScenario { AssertionSignature = null, BeforeEncryption = static xml => xml.Replace("</saml:Issuer>", $"</saml:Issuer><ds:Signature xmlns:ds=\"{Xmldsig}\"/>", StringComparison.Ordinal) }
            .ShouldBeRefused(SamlErrorCode.SignatureShape);

    [Fact]
    public void SignedPartChanged_IsRefused() =>
        new ResponseScenario { Tamper = static xml => xml.Replace(ResponseScenario.Person, ResponseScenario.Evil, StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.SignatureDigest);

    [Fact]
    public void SignedInfoChanged_IsRefused() =>
        new ResponseScenario { Tamper = static xml => xml.Replace("URI=\"#_assertion\"", "URI=\"#_other\"", StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.SignatureUntrusted);

    [Theory]
    [InlineData("http://www.w3.org/2000/09/xmldsig#rsa-sha1")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-md5")]
    [InlineData("http://www.w3.org/2000/09/xmldsig#dsa-sha1")]
    [InlineData("http://www.w3.org/2000/09/xmldsig#hmac-sha1")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")]
    [InlineData("http://www.w3.org/2007/05/xmldsig-more#rsa-pss")]
    [InlineData("none")]
    [InlineData("")]
    [InlineData("HTTP://WWW.W3.ORG/2001/04/XMLDSIG-MORE#RSA-SHA256")]
    public void WrongAlgorithm_IsRefused(string method) =>
        new ResponseScenario { AssertionSignature = new() { Method = method } }.ShouldBeRefused(SamlErrorCode.SignatureAlgorithm);

    [Theory]
    [InlineData("http://www.w3.org/2000/09/xmldsig#sha1")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#md5")]
    [InlineData("")]
    public void WrongDigest_IsRefused(string digest) =>
        new ResponseScenario { AssertionSignature = new() { Digest = digest } }.ShouldBeRefused(SamlErrorCode.SignatureAlgorithm);

    [Theory]
    [InlineData("http://www.w3.org/2001/10/xml-exc-c14n#WithComments")]
    [InlineData("http://www.w3.org/TR/2001/REC-xml-c14n-20010315")]
    [InlineData("http://www.w3.org/2006/12/xml-c14n11")]
    [InlineData("")]
    public void WrongCanonicalization_IsRefused(string canonicalization) =>
        new ResponseScenario { AssertionSignature = new() { Canonicalization = canonicalization } }.ShouldBeRefused(SamlErrorCode.SignatureAlgorithm);

    [Fact]
    public void TruncatedHmac_IsRefused() =>
        new ResponseScenario { AssertionSignature = new() { MethodContent = "<ds:HMACOutputLength>0</ds:HMACOutputLength>" } }.ShouldBeRefused(SamlErrorCode.SignatureAlgorithm);

    [Fact]
    public void EcdsaAlgorithmWithAnRsaKey_IsRefused() =>
        new ResponseScenario { AssertionSignature = new() { Method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256" } }.ShouldBeRefused(SamlErrorCode.SignatureUntrusted);

    [Fact]
    public void CertificateFaking_IsRefused()
    {
        // A certificate of the attacker's own, with the provider's name, and the matching KeyInfo.
        var keyInfo = $"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{Convert.ToBase64String(TestKeys.Attacker.RawData)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>";
        new ResponseScenario { AssertionSignature = new() { Key = TestKeys.Attacker, KeyInfo = keyInfo } }.ShouldBeRefused(SamlErrorCode.SignatureUntrusted);
    }

    [Fact]
    public void KeyInfoIsIgnored_WhateverItNames()
    {
        var keyInfo = $"<ds:KeyInfo><ds:RetrievalMethod URI=\"http://127.0.0.1:1/key\"/><ds:X509Data><ds:X509Certificate>{Convert.ToBase64String(TestKeys.Attacker.RawData)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>";
        new ResponseScenario { AssertionSignature = new() { KeyInfo = keyInfo } }.ShouldHold();
    }

    [Fact]
    public void KeyConfusion_TheCertificateAsAnHmacSecret_IsRefused() =>
        new ResponseScenario { AssertionSignature = new() { Method = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256" } }.ShouldBeRefused(SamlErrorCode.SignatureAlgorithm);

    [Fact]
    public void WeakKey_CannotBePinned()
    {
        PinnedCertificate.TryParse(TestKeys.Weak.RawData, out _, out var error).ShouldBeFalse();
        error!.Code.ShouldBe(SamlErrorCode.CertificateKey);
        PinnedCertificate.TryParse(TestKeys.Ec("curve", ECCurve.CreateFromFriendlyName("brainpoolP256r1")).RawData, out _, out error).ShouldBeFalse();
        error!.Code.ShouldBe(SamlErrorCode.CertificateKey);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Enveloped)]
    [InlineData(Exclusive)]
    [InlineData(Exclusive + Enveloped)]
    [InlineData(Enveloped + Enveloped + Exclusive)]
    [InlineData(Enveloped + Exclusive + Exclusive)]
    [InlineData(Enveloped + "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#WithComments\"/>")]
    [InlineData(Enveloped + "<ds:Transform Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>")]
    [InlineData(Enveloped + "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"><ds:XPath>not(ancestor-or-self::*[local-name()='Subject'])</ds:XPath></ds:Transform>" + Exclusive)]
    [InlineData(Enveloped + "<ds:Transform Algorithm=\"http://www.w3.org/2002/06/xmldsig-filter2\"/>" + Exclusive)]
    [InlineData(Enveloped + "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"><xsl:stylesheet xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" version=\"1.0\"><xsl:template match=\"/\"><xsl:value-of select=\"unparsed-text('/etc/passwd')\"/></xsl:template></xsl:stylesheet></ds:Transform>" + Exclusive)]
    [InlineData(Enveloped + "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#base64\"/>" + Exclusive)]
    [InlineData(Enveloped + "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"><ds:XPath>1</ds:XPath></ds:Transform>")]
    public void Transforms_BeyondTheTwo_AreRefused(string transforms) =>
        new ResponseScenario { AssertionSignature = new() { Transforms = transforms } }.ShouldBeRefused(SamlErrorCode.SignatureTransforms);

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("_assertion")]
    [InlineData("#_response")]
    [InlineData("#xpointer(/)")]
    [InlineData("#xpointer(id('_assertion'))")]
    [InlineData("http://127.0.0.1:1/#_assertion")]
    [InlineData("file:///etc/passwd")]
    [InlineData("#_ASSERTION")]
    public void ReferenceToSomethingElse_IsRefused(string uri) =>
        new ResponseScenario { AssertionSignature = new() { ReferenceUri = uri } }.ShouldBeRefused(SamlErrorCode.SignatureReference);

    [Fact]
    public void SeveralReferences_AreRefused()
    {
        var more = $"<ds:Reference URI=\"#_assertion\"><ds:Transforms>{Enveloped}{Exclusive}</ds:Transforms><ds:DigestMethod Algorithm=\"{SignatureSpec.Sha256}\"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>";
        new ResponseScenario { AssertionSignature = new() { MoreReferences = more } }.ShouldBeRefused(SamlErrorCode.SignatureShape);
    }

    [Fact]
    public void SeveralSignatures_AreRefused() =>
        new ResponseScenario().Tampered(document =>
        {
            var assertion = Wrapping.Assertion(document);
            var signature = assertion.ChildNodes.OfType<XmlElement>().First(child => child.LocalName == "Signature");
            assertion.InsertAfter(signature.CloneNode(deep: true), signature);
        }).ShouldBeRefused(SamlErrorCode.SignatureShape);

    [Fact]
    public void ObjectInTheSignature_IsRefused() =>
        new ResponseScenario { AssertionSignature = new() { Object = "<ds:Object>x</ds:Object>" } }.ShouldBeRefused(SamlErrorCode.SignatureShape);

    [Fact]
    public void SeveralSignedInfos_AreRefused() =>
        new ResponseScenario().Tampered(document =>
        {
            var signedInfo = (XmlElement)document.SelectSingleNode("//*[local-name()='SignedInfo']")!;
            signedInfo.ParentNode!.InsertBefore(signedInfo.CloneNode(deep: true), signedInfo);
        }).ShouldBeRefused(SamlErrorCode.SignatureShape);

    // CVE-2025-29775 and its like: the forged digest stands before the comment, the signed one behind it.
    [Fact]
    public void CommentInTheDigest_ChangesNothing()
    {
        var scenario = new ResponseScenario
        {
            Tamper = static xml => xml.Replace("<ds:DigestValue>", "<ds:DigestValue><!--AAAA-->", StringComparison.Ordinal).Replace(ResponseScenario.Person, ResponseScenario.Evil, StringComparison.Ordinal),
        };

        scenario.ShouldBeRefused(SamlErrorCode.SignatureDigest);
    }

    [Fact]
    public void ElementInTheDigest_IsRefused() =>
        new ResponseScenario { AssertionSignature = new() { TamperDigestValue = static value => $"<ds:x>AAAA</ds:x>{value}" } }.ShouldBeRefused(SamlErrorCode.SignatureShape);

    [Theory]
    [InlineData("SignatureValue", "")]
    [InlineData("SignatureValue", "AAAA")]
    [InlineData("SignatureValue", "*not base64*")]
    [InlineData("SignatureValue", "AA=A")]
    public void BrokenSignatureValue_IsRefused(string element, string value) =>
        new ResponseScenario().Tampered(document => document.SelectSingleNode($"//*[local-name()='{element}']")!.InnerText = value)
            .ShouldBeRefused(SamlErrorCode.SignatureShape, SamlErrorCode.SignatureUntrusted);

    [Fact]
    public void HugeSignatureValue_IsRefusedBeforeAnyKeyIsUsed() =>
        new ResponseScenario().Tampered(document => document.SelectSingleNode("//*[local-name()='SignatureValue']")!.InnerText = Convert.ToBase64String(new byte[100_000]))
            .ShouldBeRefused(SamlErrorCode.SignatureShape);

    [Fact]
    public void SecondSignatureWrong_IsRefused_AlthoughTheFirstWouldDo() =>
        (ResponseScenario.BothSigned with { AssertionSignature = new() { Key = TestKeys.Attacker } }).ShouldBeRefused(SamlErrorCode.SignatureUntrusted);

    [Fact]
    public void KeyOfAnotherConnection_IsRefused() =>
        new ResponseScenario { AssertionSignature = new() { Key = TestKeys.IdpNext } }.ShouldBeRefused(SamlErrorCode.SignatureUntrusted);

    [Fact]
    public void ConnectionWithoutCertificate_RefusesAll() =>
        new ResponseScenario { IdentityProvider = new() { EntityId = ResponseScenario.IdpEntityId, SigningCertificates = [] } }.ShouldBeRefused(SamlErrorCode.NoCertificate);

    [Fact]
    public void IdInAnotherNamespace_IsNotTheReferencedOne() =>
        new ResponseScenario { Tamper = static xml => xml.Replace("<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" ID=", "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xs:ID=", StringComparison.Ordinal) }
            .ShouldBeRefused(SamlErrorCode.SignatureReference);

    [Theory]
    [InlineData("xml:id=\"_assertion\"")]
    [InlineData("Id=\"_assertion\"")]
    [InlineData("xmlns:e=\"urn:e\" e:ID=\"_assertion\"")]
    public void SameIdUnderAnotherName_IsRefused(string attribute) =>
        new ResponseScenario { Tamper = xml => xml.Replace("<samlp:Status>", $"<samlp:Status {attribute}>", StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.DuplicateId);
}
