using System.Diagnostics;
using System.Text;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Responses;
using Authdog.Protocols.Tests.Saml.Hosting;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>Documents that are dangerous, or that two parsers would read differently.</summary>
[Trait("Threat", "I8")]
public sealed class XmlAttackTests
{
    [Theory]
    [InlineData("<!DOCTYPE r>")]
    [InlineData("<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\">")]
    [InlineData("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>")]
    [InlineData("<!DOCTYPE r [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/\"> %p;]>")]
    [InlineData("<!DOCTYPE r [<!ATTLIST saml:Assertion x ID \"_assertion\">]>")]
    public void DocumentType_ExternalEntities_AreRefused(string dtd) => new ResponseScenario { Tamper = xml => dtd + xml }.ShouldBeRefused(SamlErrorCode.ForbiddenXml);

    [Fact]
    public void EntityBomb_IsRefused()
    {
        var dtd = new StringBuilder("<!DOCTYPE r [<!ENTITY e0 \"aaaaaaaaaa\">");
        for (var level = 1; level < 20; level++)
        {
            dtd.Append(System.Globalization.CultureInfo.InvariantCulture, $"<!ENTITY e{level} \"{string.Concat(Enumerable.Repeat($"&e{level - 1};", 10))}\">");
        }

        var started = Stopwatch.GetTimestamp();
        new ResponseScenario { Tamper = xml => dtd.Append("]>") + xml.Replace(ResponseScenario.Person, "&e19;", StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.ForbiddenXml);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void UnknownEntity_IsRefused() =>
        new ResponseScenario { Tamper = static xml => xml.Replace(ResponseScenario.Person, "&person;", StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.NotXml);

    [Theory]
    [InlineData("<?xml-stylesheet href=\"http://127.0.0.1:1/\"?>", "<samlp:Response")]
    [InlineData("<?x y?>", "<samlp:Status>")]
    [InlineData("<?x y?>", "@example.com</saml:NameID>")]
    public void ProcessingInstruction_IsRefused(string instruction, string before) =>
        new ResponseScenario { Tamper = xml => xml.Replace(before, instruction + before, StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.ForbiddenXml);

    // The 2018 class: the signature covers the name without the comment; who reads only the first text node sees another person.
    [Theory]
    [InlineData("ada@example.com<!-- -->.evil.example.net")]
    [InlineData("ada@example.com<!---->.evil.example.net")]
    [InlineData("<!--x-->ada@example.com<!--y-->.evil.<!--z-->example.net")]
    [InlineData("<![CDATA[ada@example.com]]>.evil.example.net")]
    [InlineData("ada@example.com<![CDATA[]]>.evil<!-- -->.example.net")]
    public void CommentTruncation_GivesTheWholeName(string name) =>
        new ResponseScenario { NameId = "<saml:NameID>ada@example.com.evil.example.net</saml:NameID>", Tamper = xml => xml.Replace("ada@example.com.evil.example.net", name, StringComparison.Ordinal) }
            .ShouldHold().NameId.Value.ShouldBe("ada@example.com.evil.example.net");

    [Fact]
    public void CommentTruncation_InAudience_Recipient_AndAttributes_ReadsTheWholeText()
    {
        new ResponseScenario { Conditions = ResponseScenario.Condition(ResponseScenario.Audience(ResponseScenario.SpEntityId + "<!-- -->.evil.example.net")) }.ShouldBeRefused(SamlErrorCode.WrongAudience);
        new ResponseScenario { AssertionIssuer = $"<saml:Issuer>{ResponseScenario.IdpEntityId}<!-- -->/evil</saml:Issuer>" }.ShouldBeRefused(SamlErrorCode.WrongIssuer);
    }

    [Fact]
    public void ElementInsideTheName_IsRefused() =>
        new ResponseScenario { NameId = "<saml:NameID>ada@example.com<saml:x/>.evil</saml:NameID>" }.ShouldBeRefused(SamlErrorCode.NameIdMissing);

    [Theory]
    [InlineData("ID=\"_response\"", "ID=\"_assertion\"")]
    [InlineData("<samlp:Status>", "<samlp:Status ID=\"_assertion\">")]
    [InlineData("<samlp:Status>", "<samlp:Status id=\"_assertion\">")]
    [InlineData("<samlp:Status>", "<samlp:Status xml:id=\"_response\">")]
    public void DuplicateIds_AreRefused(string place, string replacement) =>
        new ResponseScenario { Tamper = xml => xml.Replace(place, replacement, StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.DuplicateId);

    [Fact]
    public void DeepNesting_IsRefused() =>
        new ResponseScenario { Extensions = $"<samlp:Extensions>{string.Concat(Enumerable.Repeat("<a>", 40))}{string.Concat(Enumerable.Repeat("</a>", 40))}</samlp:Extensions>" }.ShouldBeRefused(SamlErrorCode.TooDeep);

    [Fact]
    public void DeepNesting_ByTensOfThousands_IsRefusedAtTheBound() =>
        new ResponseScenario { Tamper = static _ => string.Concat(Enumerable.Repeat("<a>", 60_000)) }.ShouldBeRefused(SamlErrorCode.TooDeep);

    [Fact]
    public void ManyNamespaces_AreRefused() =>
        new ResponseScenario { Tamper = static xml => xml.Replace("<samlp:Status>", $"<samlp:Status {string.Concat(Enumerable.Range(0, 150).Select(number => $"xmlns:n{number}=\"urn:{number}\" "))}>", StringComparison.Ordinal) }
            .ShouldBeRefused(SamlErrorCode.TooDeep);

    [Fact]
    public void TooLarge_IsRefused() =>
        new ResponseScenario { Extensions = $"<samlp:Extensions>{new string('a', 256 * 1024)}</samlp:Extensions>" }.ShouldBeRefused(SamlErrorCode.TooLarge);

    [Fact]
    public void LargestMessage_IsRefusedOrRead_InBoundedTime()
    {
        // As many elements, attributes and namespaces as fit.
        var filler = string.Concat(Enumerable.Range(0, 4000).Select(number => $"<a xmlns:b=\"urn:{number}\" b:c=\"{number}\"/>"));
        var scenario = new ResponseScenario { AttributeStatement = $"<saml:AttributeStatement><saml:Attribute Name=\"x\"><saml:AttributeValue>{filler}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>" };
        var xml = TestSigner.Utf8(scenario.Xml());
        xml.Length.ShouldBeLessThan(256 * 1024);

        var started = Stopwatch.GetTimestamp();
        scenario.Verify(xml).ShouldBeOfType<SamlResponseResult.Verified>();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void AttributesByTensOfThousands_AreReadInBoundedTime()
    {
        var started = Stopwatch.GetTimestamp();
        new ResponseScenario { Tamper = static xml => xml.Replace("<samlp:Status>", $"<samlp:Status {string.Concat(Enumerable.Range(0, 25_000).Select(number => $"a{number}='' "))}>", StringComparison.Ordinal) }.ShouldHold();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", SamlErrorCode.NotXml)]
    [InlineData("<?xml version=\"1.0\" encoding=\"UTF-7\"?>", SamlErrorCode.NotXml)]
    [InlineData("<?xml version=\"1.0\" encoding=\"UTF-16\"?>", SamlErrorCode.NotXml)]
    [InlineData("<?xml version=\"1.1\"?>", SamlErrorCode.NotXml)]
    [InlineData("text", SamlErrorCode.NotXml)]
    public void OddProlog_IsRefused(string prolog, SamlErrorCode code) => new ResponseScenario { Tamper = xml => prolog + xml }.ShouldBeRefused(code);

    [Theory]
    [InlineData("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\r\n<!-- from a pretty printer -->\r\n")]
    [InlineData("<?xml version='1.0' encoding='utf-8'?>")]
    [InlineData("\uFEFF")]
    public void UsualProlog_IsRead(string prolog) => new ResponseScenario { Tamper = xml => prolog + xml + "\n" }.ShouldHold();

    [Fact]
    public void OtherEncodings_AreRefused()
    {
        var xml = new ResponseScenario().Xml();
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            new ResponseScenario().Verify([.. encoding.Preamble, .. encoding.GetBytes(xml)]).ShouldBeOfType<SamlResponseResult.Refused>().Error.Code.ShouldBe(SamlErrorCode.NotXml);
        }

        // Overlong "<", and a lone continuation byte.
        new ResponseScenario().Verify([.. TestSigner.Utf8(xml), 0xC0, 0xBC]).ShouldBeOfType<SamlResponseResult.Refused>().Error.Code.ShouldBe(SamlErrorCode.NotXml);
        new ResponseScenario().Verify([.. TestSigner.Utf8(xml), 0x80]).ShouldBeOfType<SamlResponseResult.Refused>().Error.Code.ShouldBe(SamlErrorCode.NotXml);
        new ResponseScenario().Verify([]).ShouldBeOfType<SamlResponseResult.Refused>().Error.Code.ShouldBe(SamlErrorCode.NotXml);
    }

    [Theory]
    [InlineData("xmlns:saml=\"urn:oasis:names:tc:SAML:1.0:assertion\"")]
    [InlineData("xmlns:saml=\"urn:evil\"")]
    public void AssertionInAnotherNamespace_IsRefused(string declaration) =>
        new ResponseScenario { Tamper = xml => xml.Replace("<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"", $"<saml:Assertion {declaration}", StringComparison.Ordinal) }
            .ShouldBeRefused(SamlErrorCode.WrongMessage, SamlErrorCode.AssertionCount);

    // The prefix means something else inside the signed part: the canonical form has to tell.
    [Fact]
    public void NamespaceRedeclaredInside_IsRefused() =>
        new ResponseScenario { Tamper = static xml => xml.Replace("<saml:NameID ", "<saml:NameID xmlns:saml=\"urn:evil\" ", StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.SignatureDigest);

    [Fact]
    public void DefaultNamespaceAddedInside_IsRefused() =>
        new ResponseScenario { AttributeStatement = "<saml:AttributeStatement><saml:Attribute Name=\"x\"><saml:AttributeValue><x/></saml:AttributeValue></saml:Attribute></saml:AttributeStatement>", Tamper = static xml => xml.Replace("<x />", "<x xmlns=\"urn:evil\"/>", StringComparison.Ordinal) }
            .ShouldBeRefused(SamlErrorCode.SignatureDigest);

    // What canonicalization makes equal is equal: unused declarations, quotes, order, empty elements, character references.
    [Fact]
    public void EqualSpellings_Hold()
    {
        var scenario = new ResponseScenario
        {
            Tamper = static xml => xml
                .Replace("<saml:Subject>", "<saml:Subject xmlns:unused='urn:unused'  >", StringComparison.Ordinal)
                .Replace(ResponseScenario.Person, "&#x61;da&#64;example.com", StringComparison.Ordinal),
        };

        scenario.ShouldHold().NameId.Value.ShouldBe(ResponseScenario.Person);
    }

    [Theory]
    [InlineData("Name='a' Name='b'")]
    [InlineData("xmlns:p='urn:x' xmlns:q='urn:x' p:n='1' q:n='2'")]
    [InlineData("undeclared:n='1'")]
    public void AttributeTwice_IsRefused(string attributes) =>
        new ResponseScenario { Tamper = xml => xml.Replace("<samlp:Status>", $"<samlp:Status {attributes}>", StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.NotXml);

    [Fact]
    public void SomethingBehindTheRoot_IsRefused() => new ResponseScenario { Tamper = static xml => xml + xml }.ShouldBeRefused(SamlErrorCode.NotXml);

    [Theory]
    [InlineData("&#0;")]
    [InlineData("&#xFFFF;")]
    [InlineData("\u0001")]
    public void ForbiddenCharacter_IsRefused(string character) =>
        new ResponseScenario { Tamper = xml => xml.Replace(ResponseScenario.Person, ResponseScenario.Person + character, StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.NotXml);
}
