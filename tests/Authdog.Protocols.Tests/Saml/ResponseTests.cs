using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Responses;
using Authdog.Protocols.Tests.Saml.Hosting;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>What a genuine response gives.</summary>
public sealed class ResponseTests
{
    [Fact]
    public void GivesWhatIsAsserted()
    {
        var assertion = new ResponseScenario { AuthnStatement = ResponseScenario.Authn($"""AuthnInstant="{ResponseScenario.Time(-2)}" SessionIndex="_s1" SessionNotOnOrAfter="{ResponseScenario.Time(480)}" """) }.ShouldHold();

        assertion.NameId.ShouldBe(new SamlNameId(ResponseScenario.Person, NameIdFormats.Persistent, null, null));
        assertion.Issuer.ShouldBe(ResponseScenario.IdpEntityId);
        assertion.SessionIndex.ShouldBe("_s1");
        assertion.AuthnInstant.ShouldBe(ResponseScenario.Now.AddMinutes(-2));
        assertion.SessionNotOnOrAfter.ShouldBe(ResponseScenario.Now.AddHours(8));
        assertion.AuthnContextClassRef.ShouldBe("urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport");
        assertion.InResponseTo.ShouldBe(ResponseScenario.RequestId);
        assertion.Values("groups").ShouldBe(["staff", "finance"]);
        assertion.Attributes[0].FriendlyName.ShouldBe("E-mail");
        assertion.SignedBy.Fingerprint.ShouldBe(TestKeys.Pin(TestKeys.Idp).Fingerprint);
        assertion.IsEncrypted.ShouldBeFalse();
        assertion.ToString().ShouldNotContain(ResponseScenario.Person);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Holds_WhereverTheSignatureIs(bool response, bool assertion) =>
        new ResponseScenario { ResponseSignature = response ? new() : null, AssertionSignature = assertion ? new() : null }.ShouldHold().NameId.Value.ShouldBe(ResponseScenario.Person);

    [Theory]
    [InlineData(SignedPart.Response, false, true)]
    [InlineData(SignedPart.Assertion, true, false)]
    [InlineData(SignedPart.Both, true, false)]
    [InlineData(SignedPart.Both, false, true)]
    public void Refuses_WhenTheDemandedPartIsNotSigned(SignedPart required, bool response, bool assertion) =>
        new ResponseScenario { Rules = new() { RequiredSignature = required }, ResponseSignature = response ? new() : null, AssertionSignature = assertion ? new() : null }
            .ShouldBeRefused(SamlErrorCode.SignatureMissing);

    [Theory]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha384")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512")]
    [InlineData("http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1")]
    [InlineData("http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1")]
    public void HoldsWithRsa(string method) => new ResponseScenario { AssertionSignature = new() { Method = method } }.ShouldHold();

    [Theory]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512")]
    public void HoldsWithEcdsa(string method) =>
        new ResponseScenario { AssertionSignature = new() { Method = method, Key = TestKeys.IdpEc } }.ShouldHold().SignedBy.Fingerprint.ShouldBe(TestKeys.Pin(TestKeys.IdpEc).Fingerprint);

    [Theory]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#sha384")]
    [InlineData("http://www.w3.org/2001/04/xmlenc#sha512")]
    public void HoldsWithStrongerDigests(string digest) => new ResponseScenario { AssertionSignature = new() { Digest = digest } }.ShouldHold();

    [Fact]
    public void HoldsWithInclusivePrefixes_ThatOnlyTheResponseDeclares() =>
        new ResponseScenario
        {
            ResponseSignature = new(),
            AssertionSignature = null,
            AssertionSignatureInPlace = new() { PrefixList = "xsx xs #default" },
            ResponseAttributes = new ResponseScenario().ResponseAttributes + """xmlns:xsx="urn:only-here" """,
        }.ShouldHold();

    [Fact]
    public void HoldsWithBase64InLines() => new ResponseScenario { AssertionSignature = new() { WrapLines = true } }.ShouldHold();

    [Fact]
    public void HoldsWithSeveralAudiences() =>
        new ResponseScenario { Conditions = ResponseScenario.Condition(ResponseScenario.Audience("https://other.example.com", ResponseScenario.SpEntityId) + ResponseScenario.Audience(ResponseScenario.SpEntityId)) }.ShouldHold();

    [Fact]
    public void OneTimeUseIsToldAndProxyRestrictionUnderstood() =>
        new ResponseScenario { Conditions = ResponseScenario.Condition(ResponseScenario.Audience(ResponseScenario.SpEntityId) + "<saml:OneTimeUse/><saml:ProxyRestriction Count=\"0\"/>") }.ShouldHold().IsOneTimeUse.ShouldBeTrue();

    [Fact]
    public void TransientNameIsFlagged() =>
        new ResponseScenario { NameId = $"""<saml:NameID Format="{NameIdFormats.Transient}">_x</saml:NameID>""" }.ShouldHold().NameId.IsTransient.ShouldBeTrue();

    [Fact]
    public void AttributeValuesAreWhole()
    {
        var assertion = new ResponseScenario
        {
            AttributeStatement = """<saml:AttributeStatement xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><saml:Attribute Name="a"><saml:AttributeValue xsi:type="xs:string">one<!-- -->two</saml:AttributeValue><saml:AttributeValue xsi:nil="true"/><saml:AttributeValue><saml:NameID>inner</saml:NameID></saml:AttributeValue><saml:AttributeValue><![CDATA[<b>]]>&amp;</saml:AttributeValue></saml:Attribute></saml:AttributeStatement><saml:AttributeStatement><saml:Attribute Name="a"><saml:AttributeValue/></saml:Attribute></saml:AttributeStatement>""",
        }.ShouldHold();

        assertion.Values("a").ShouldBe(["onetwo", "inner", "<b>&", ""]);
    }

    [Fact]
    public void HoldsUnsolicited_WhenAllowed() =>
        (Unsolicited with { Rules = new() { AllowUnsolicited = true } }).ShouldHold().InResponseTo.ShouldBeNull();

    [Fact]
    public void SecondConfirmationCounts_WhenTheFirstIsForSomebodyElse() =>
        new ResponseScenario { Confirmation = ResponseScenario.Confirm(ResponseScenario.ConfirmationData("https://other.example.com/acs")) + ResponseScenario.Confirm() }.ShouldHold();

    [Fact]
    public void ReplayIsToldByTheCaller()
    {
        var verified = new ResponseScenario().Verify().ShouldBeOfType<SamlResponseResult.Verified>().Assertion;

        verified.TryRedeem(isFirstUse: false, out var assertion, out var error).ShouldBeFalse();
        assertion.ShouldBeNull();
        error!.Code.ShouldBe(SamlErrorCode.Replayed);
        verified.ReplayUntil.ShouldBe(ResponseScenario.Now.AddMinutes(6));
        verified.ReplayKey.ShouldBe(new ResponseScenario().Verify().ShouldBeOfType<SamlResponseResult.Verified>().Assertion.ReplayKey);
        verified.ReplayKey.ShouldNotBe(new ResponseScenario { AssertionAttributes = new ResponseScenario().AssertionAttributes.Replace("_assertion", "_assertion2", StringComparison.Ordinal), AssertionSignature = null, ResponseSignature = new() }
            .Verify().ShouldBeOfType<SamlResponseResult.Verified>().Assertion.ReplayKey);
    }

    [Fact]
    public void RequestedAuthenticationIsChecked()
    {
        const string Mfa = "https://refeds.org/profile/mfa";
        var asked = new ResponseScenario { Outstanding = new(ResponseScenario.RequestId, ResponseScenario.Now.AddMinutes(-1), true, [Mfa]) };

        (asked with { AuthnStatement = ResponseScenario.Authn(context: Mfa) }).ShouldHold().AuthnContextClassRef.ShouldBe(Mfa);
        asked.ShouldBeRefused(SamlErrorCode.WrongAuthnContext);
        (asked with { AuthnStatement = ResponseScenario.Authn($"AuthnInstant=\"{ResponseScenario.Time(-30)}\"", Mfa) }).ShouldBeRefused(SamlErrorCode.NotFresh);
    }

    internal static ResponseScenario Unsolicited { get; } = new()
    {
        Outstanding = null,
        ResponseAttributes = $"""ID="_response" Version="2.0" IssueInstant="{ResponseScenario.Time(0)}" Destination="{ResponseScenario.Acs}" """,
        Confirmation = ResponseScenario.Confirm(ResponseScenario.ConfirmationData(inResponseTo: null)),
    };
}
