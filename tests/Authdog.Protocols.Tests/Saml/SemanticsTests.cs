using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Responses;
using Authdog.Protocols.Tests.Saml.Hosting;
using static Authdog.Protocols.Tests.Saml.Hosting.ResponseScenario;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>Genuine signatures under assertions that are for somebody else, for another time, or for nothing that was asked.</summary>
[Trait("Threat", "I8")]
public sealed class SemanticsTests
{
    private static readonly string s_assertion = $"""ID="_assertion" Version="2.0" IssueInstant="{Time(0)}" """;

    // Cross-connection: everything is right but the connection.
    [Fact]
    public void CrossConnection_OtherIssuer_IsRefused()
    {
        const string Other = "<saml:Issuer>https://other-idp.example.com</saml:Issuer>";
        new ResponseScenario { AssertionIssuer = Other }.ShouldBeRefused(SamlErrorCode.WrongIssuer);
        new ResponseScenario { ResponseIssuer = Other }.ShouldBeRefused(SamlErrorCode.WrongIssuer);
        (ResponseSigned with { ResponseIssuer = Other }).ShouldBeRefused(SamlErrorCode.WrongIssuer);
        new ResponseScenario { AssertionIssuer = $"<saml:Issuer>{IdpEntityId}/</saml:Issuer>" }.ShouldBeRefused(SamlErrorCode.WrongIssuer);
        new ResponseScenario { AssertionIssuer = $"<saml:Issuer>{IdpEntityId.ToUpperInvariant()}</saml:Issuer>" }.ShouldBeRefused(SamlErrorCode.WrongIssuer);
        new ResponseScenario { AssertionIssuer = $"""<saml:Issuer Format="{Authdog.Protocols.Saml.Parties.NameIdFormats.EmailAddress}">{IdpEntityId}</saml:Issuer>""" }.ShouldBeRefused(SamlErrorCode.WrongIssuer);
    }

    [Fact]
    public void CrossConnection_TheOtherConnectionsAssertion_IsRefused()
    {
        // Tenant A's and tenant B's connections share the identity provider and its key; audience and addresses differ.
        var tenantB = new ResponseScenario();
        var tenantA = tenantB with { ServiceProvider = tenantB.ServiceProvider with { EntityId = "https://app.example.com/.authdog/saml/b/metadata", AssertionConsumerService = "https://app.example.com/.authdog/saml/b/acs" } };
        tenantA.ShouldBeRefused(SamlErrorCode.WrongDestination);
        (tenantA with { ServiceProvider = tenantB.ServiceProvider with { EntityId = "https://app.example.com/.authdog/saml/b/metadata" } }).ShouldBeRefused(SamlErrorCode.WrongAudience);
    }

    [Fact]
    public void IssuerMissing_IsRefused()
    {
        new ResponseScenario { AssertionIssuer = "" }.ShouldBeRefused(SamlErrorCode.WrongIssuer, SamlErrorCode.SignatureMissing);
        (ResponseSigned with { AssertionIssuer = "" }).ShouldBeRefused(SamlErrorCode.WrongIssuer);
        new ResponseScenario { ResponseIssuer = $"<saml:Issuer>{IdpEntityId}</saml:Issuer><saml:Issuer>{IdpEntityId}</saml:Issuer>" }.ShouldBeRefused(SamlErrorCode.WrongMessage);
    }

    [Fact]
    public void UnsignedResponseWithoutIssuer_Holds() => new ResponseScenario { ResponseIssuer = "" }.ShouldHold();

    [Theory]
    [InlineData("https://evil.example.net/acs")]
    [InlineData("https://app.example.com/.authdog/saml/acme/acs/")]
    [InlineData("http://app.example.com/.authdog/saml/acme/acs")]
    [InlineData("https://app.example.com/.authdog/saml/ACME/acs")]
    [InlineData("https://app.example.com/.authdog/saml/acme/acs?x")]
    [InlineData("")]
    public void OtherDestination_AndRecipient_AreRefused(string address)
    {
        new ResponseScenario { ResponseAttributes = Response(destination: address) }.ShouldBeRefused(SamlErrorCode.WrongDestination);
        (BothSigned with { ResponseAttributes = Response(destination: address) }).ShouldBeRefused(SamlErrorCode.WrongDestination);
        new ResponseScenario { Confirmation = Confirm(ConfirmationData(address)) }.ShouldBeRefused(SamlErrorCode.WrongRecipient);
    }

    [Fact]
    public void ResponseWithoutDestination_IsRefused_WhenSigned()
    {
        (BothSigned with { ResponseAttributes = Response(destination: null) }).ShouldBeRefused(SamlErrorCode.WrongDestination);
        new ResponseScenario { ResponseAttributes = Response(destination: null) }.ShouldHold();
    }

    [Fact]
    public void RecipientMissing_IsRefused() =>
        new ResponseScenario { Confirmation = Confirm($"NotOnOrAfter=\"{Time(5)}\" InResponseTo=\"{RequestId}\"") }.ShouldBeRefused(SamlErrorCode.WrongRecipient);

    [Fact]
    public void OtherAudience_IsRefused()
    {
        string[] conditions =
        [
            "",
            "<saml:AudienceRestriction/>",
            Audience("https://other.example.com"),
            Audience(SpEntityId + "/"),
            Audience(SpEntityId.ToUpperInvariant()),
            Audience(SpEntityId) + Audience("https://other.example.com"),
            $"<saml:AudienceRestriction><saml:Audience/></saml:AudienceRestriction>",
        ];
        foreach (var condition in conditions)
        {
            new ResponseScenario { Conditions = Condition(condition) }.ShouldBeRefused(SamlErrorCode.WrongAudience);
        }

        new ResponseScenario { Conditions = "" }.ShouldBeRefused(SamlErrorCode.WrongAudience);
        new ResponseScenario { Conditions = Condition(Audience(SpEntityId)) + Condition(Audience(SpEntityId)) }.ShouldBeRefused(SamlErrorCode.WrongAudience);
    }

    [Fact]
    public void UnknownCondition_IsRefused() =>
        new ResponseScenario { Conditions = Condition(Audience(SpEntityId) + "<saml:Condition xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"xs:x\"/>") }.ShouldBeRefused(SamlErrorCode.UnknownCondition);

    [Fact]
    public void OldAssertion_IsRefused()
    {
        new ResponseScenario { At = Now.AddMinutes(6) }.ShouldBeRefused(SamlErrorCode.Expired);
        new ResponseScenario { At = Now.AddMinutes(5.9) }.ShouldHold();
        new ResponseScenario { Conditions = Condition(Audience(SpEntityId), $"NotOnOrAfter=\"{Time(-1)}\"") }.ShouldBeRefused(SamlErrorCode.Expired);
        new ResponseScenario { Confirmation = Confirm(ConfirmationData(minutes: -1)) }.ShouldBeRefused(SamlErrorCode.Expired);
        new ResponseScenario { Confirmation = Confirm(ConfirmationData(minutes: -0.5)) }.ShouldHold();
        new ResponseScenario { AssertionAttributes = s_assertion.Replace(Time(0), Time(-24 * 60 - 2), StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.Expired);
    }

    [Fact]
    public void FutureAssertion_IsRefused()
    {
        new ResponseScenario { Conditions = Condition(Audience(SpEntityId), $"NotBefore=\"{Time(1.5)}\" NotOnOrAfter=\"{Time(5)}\"") }.ShouldBeRefused(SamlErrorCode.NotYetValid);
        new ResponseScenario { Conditions = Condition(Audience(SpEntityId), $"NotBefore=\"{Time(0.9)}\" NotOnOrAfter=\"{Time(5)}\"") }.ShouldHold();
        new ResponseScenario { Confirmation = Confirm(ConfirmationData() + $" NotBefore=\"{Time(2)}\"") }.ShouldBeRefused(SamlErrorCode.NotYetValid);
        new ResponseScenario { AssertionAttributes = s_assertion.Replace(Time(0), Time(2), StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.NotYetValid);
        new ResponseScenario { AuthnStatement = Authn($"AuthnInstant=\"{Time(2)}\"") }.ShouldBeRefused(SamlErrorCode.NotYetValid);
    }

    [Fact]
    public void ResponseOfAnotherTime_OrWithoutIdentifier_IsRefused()
    {
        foreach (var scenario in new[] { new ResponseScenario(), BothSigned })
        {
            (scenario with { ResponseAttributes = Response().Replace(Time(0), Time(2), StringComparison.Ordinal) }).ShouldBeRefused(SamlErrorCode.NotYetValid);
            (scenario with { ResponseAttributes = Response().Replace(Time(0), Time(-24 * 60 - 2), StringComparison.Ordinal) }).ShouldBeRefused(SamlErrorCode.Expired);
            (scenario with { ResponseAttributes = Response().Replace(Time(0), "", StringComparison.Ordinal) }).ShouldBeRefused(SamlErrorCode.TimeMissing);
        }

        new ResponseScenario { ResponseAttributes = Response().Replace("ID=\"_response\"", "", StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.WrongMessage);
    }

    // Both ends are within the skew.
    [Fact]
    public void PeriodThatEndsBeforeItBegins_IsRefused() =>
        new ResponseScenario { Conditions = Condition(Audience(SpEntityId), $"NotBefore=\"{Time(0.5)}\" NotOnOrAfter=\"{Time(-0.5)}\"") }.ShouldBeRefused(SamlErrorCode.Expired);

    [Theory]
    [InlineData("")]
    [InlineData("NotOnOrAfter=\"\"")]
    [InlineData("NotOnOrAfter=\"never\"")]
    [InlineData("NotOnOrAfter=\"2026-11-27\"")]
    [InlineData("NotOnOrAfter=\"9999-12-31T23:59:59Z\"")]
    [InlineData("NotOnOrAfter=\"0001-01-01T00:00:00Z\"")]
    [InlineData("NotOnOrAfter=\"2026-13-27T12:00:00Z\"")]
    [InlineData("NotOnOrAfter=\" 2026-11-27T13:00:00Z\"")]
    [InlineData("NotOnOrAfter=\"2026-11-27T13:00:00+99:00\"")]
    public void TimeMissingOrUnreadable_IsRefused(string time) =>
        new ResponseScenario { Confirmation = Confirm($"Recipient=\"{Acs}\" InResponseTo=\"{RequestId}\" {time}") }.ShouldBeRefused(SamlErrorCode.TimeMissing);

    [Theory]
    [InlineData("2026-11-27T13:00:00Z")]
    [InlineData("2026-11-27T13:00:00.1234567891Z")]
    [InlineData("2026-11-27T14:00:00+01:00")]
    [InlineData("2026-11-27T13:00:00")]
    public void TimeInAnySpelling_IsRead(string time) =>
        new ResponseScenario { Confirmation = Confirm($"Recipient=\"{Acs}\" InResponseTo=\"{RequestId}\" NotOnOrAfter=\"{time}\"") }.ShouldHold();

    [Fact]
    public void SkewIsBounded()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SamlResponseRules { ClockSkew = TimeSpan.FromMinutes(3) });
        new ResponseScenario { At = Now.AddMinutes(6.9), Rules = new() { ClockSkew = TimeSpan.FromMinutes(2) } }.ShouldHold();
        new ResponseScenario { At = Now.AddMinutes(5), Rules = new() { ClockSkew = TimeSpan.Zero } }.ShouldBeRefused(SamlErrorCode.Expired);
    }

    [Fact]
    public void NotBearer_IsRefused()
    {
        new ResponseScenario { Confirmation = Confirm(method: "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key") }.ShouldBeRefused(SamlErrorCode.SubjectMissing);
        new ResponseScenario { Confirmation = Confirm(method: "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches") }.ShouldBeRefused(SamlErrorCode.SubjectMissing);
        new ResponseScenario { Confirmation = "" }.ShouldBeRefused(SamlErrorCode.SubjectMissing);
        new ResponseScenario { Confirmation = $"<saml:SubjectConfirmation Method=\"{Bearer}\"/>" }.ShouldBeRefused(SamlErrorCode.SubjectMissing);
        new ResponseScenario { BeforeSigning = static xml => xml.Replace("saml:Subject>", "saml:Whom>", StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.SubjectMissing);
    }

    [Fact]
    public void OtherRequest_IsRefused()
    {
        new ResponseScenario { Outstanding = new("_another", Now, false, []) }.ShouldBeRefused(SamlErrorCode.WrongInResponseTo);
        new ResponseScenario { Outstanding = null }.ShouldBeRefused(SamlErrorCode.WrongInResponseTo);
        new ResponseScenario { Confirmation = Confirm(ConfirmationData(inResponseTo: "_another")) }.ShouldBeRefused(SamlErrorCode.WrongInResponseTo);
        new ResponseScenario { ResponseAttributes = Response(inResponseTo: "_another") }.ShouldBeRefused(SamlErrorCode.WrongInResponseTo);
    }

    // The unsigned response says so, the signed assertion does not: a stolen, unsolicited assertion in an answer of the attacker's making.
    [Fact]
    public void InResponseToOnlyOutsideTheSignature_IsRefused()
    {
        var stolen = Confirm(ConfirmationData(inResponseTo: null));
        new ResponseScenario { Confirmation = stolen }.ShouldBeRefused(SamlErrorCode.WrongInResponseTo);
        new ResponseScenario { Confirmation = stolen, Rules = new() { AllowUnsolicited = true } }.ShouldBeRefused(SamlErrorCode.WrongInResponseTo);
        (BothSigned with { Confirmation = stolen }).ShouldHold();
    }

    [Fact]
    public void Unsolicited_IsRefused_UnlessAllowed()
    {
        ResponseTests.Unsolicited.ShouldBeRefused(SamlErrorCode.Unsolicited);

        // The answer to a request of another browser is not unsolicited.
        new ResponseScenario { Outstanding = null, Rules = new() { AllowUnsolicited = true } }.ShouldBeRefused(SamlErrorCode.WrongInResponseTo);
    }

    [Fact]
    public void NotSuccess_IsToldInWords()
    {
        var error = new ResponseScenario
        {
            Status = """<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></samlp:StatusCode><samlp:StatusMessage>Account locked</samlp:StatusMessage>""",
        }.ShouldBeRefused(SamlErrorCode.StatusNotSuccess);
        error.Message.ShouldContain("Responder");
        error.Message.ShouldContain("AuthnFailed");
        error.Message.ShouldContain("Account locked");
        error.Id.ShouldBe("AG5301");
        new ResponseScenario { Status = "" }.ShouldBeRefused(SamlErrorCode.StatusNotSuccess);
        new ResponseScenario { Status = Success + Success }.ShouldBeRefused(SamlErrorCode.StatusNotSuccess);
        new ResponseScenario { Status = """<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:StatusCode>""" }.ShouldBeRefused(SamlErrorCode.StatusNotSuccess);
    }

    [Fact]
    public void NoAssertion_OrSeveral_AreRefused()
    {
        new ResponseScenario { AssertionSignature = null, BeforeEncryption = static _ => "" }.ShouldBeRefused(SamlErrorCode.AssertionCount);
        ResponseSigned.Tampered(static _ => { }).ShouldHold();
        (ResponseSigned with { BeforeEncryption = static xml => xml + xml.Replace("_assertion", "_assertion2", StringComparison.Ordinal) }).ShouldBeRefused(SamlErrorCode.AssertionCount);
    }

    [Fact]
    public void NoAuthnStatement_IsRefused()
    {
        new ResponseScenario { AuthnStatement = "" }.ShouldBeRefused(SamlErrorCode.AuthnStatementMissing);
        new ResponseScenario { AuthnStatement = Authn("SessionIndex=\"x\"") }.ShouldBeRefused(SamlErrorCode.TimeMissing);
    }

    [Fact]
    public void SessionEndedAtTheProvider_IsRefused() =>
        new ResponseScenario { AuthnStatement = Authn($"AuthnInstant=\"{Time(-60)}\" SessionNotOnOrAfter=\"{Time(300)}\"") + Authn($"AuthnInstant=\"{Time(-60)}\" SessionNotOnOrAfter=\"{Time(-2)}\"") }
            .ShouldBeRefused(SamlErrorCode.SessionEnded);

    [Theory]
    [InlineData("")]
    [InlineData("<saml:NameID/>")]
    [InlineData("<saml:NameID> \n </saml:NameID>")]
    [InlineData("<saml:NameID>a</saml:NameID><saml:NameID>b</saml:NameID>")]
    public void NoName_OrSeveral_AreRefused(string nameId) => new ResponseScenario { NameId = nameId }.ShouldBeRefused(SamlErrorCode.NameIdMissing);

    [Fact]
    public void LongName_IsRefused() => new ResponseScenario { NameId = $"<saml:NameID>{new string('a', 1025)}</saml:NameID>" }.ShouldBeRefused(SamlErrorCode.NameIdMissing);

    [Theory]
    [InlineData("Version=\"2.0\"", "Version=\"1.1\"")]
    [InlineData("Version=\"2.0\"", "Version=\"2.1\"")]
    [InlineData("Version=\"2.0\"", "")]
    public void OtherVersion_IsRefused(string version, string other)
    {
        new ResponseScenario { AssertionAttributes = s_assertion.Replace(version, other, StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.WrongMessage);
        new ResponseScenario { ResponseAttributes = Response().Replace(version, other, StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.WrongMessage);
    }

    [Theory]
    [InlineData("LogoutResponse")]
    [InlineData("ArtifactResponse")]
    [InlineData("AuthnRequest")]
    public void OtherMessage_IsRefused(string name) =>
        new ResponseScenario { Tamper = xml => xml.Replace("samlp:Response", "samlp:" + name, StringComparison.Ordinal) }.ShouldBeRefused(SamlErrorCode.WrongMessage);

    [Fact]
    public void ResponseInAQuery_OrAsARequest_IsRefused()
    {
        var scenario = new ResponseScenario();
        var verifier = new SamlResponseVerifier(scenario.ServiceProvider, scenario.IdentityProvider, scenario.Rules);
        var xml = TestSigner.Utf8(scenario.Xml());
        verifier.Verify(new(SamlBinding.HttpRedirect, SamlParameter.SAMLResponse, xml, null, null), scenario.Outstanding, Now).ShouldBeOfType<SamlResponseResult.Refused>().Error.Code.ShouldBe(SamlErrorCode.WrongBinding);
        verifier.Verify(new(SamlBinding.HttpPost, SamlParameter.SAMLRequest, xml, null, null), scenario.Outstanding, Now).ShouldBeOfType<SamlResponseResult.Refused>().Error.Code.ShouldBe(SamlErrorCode.WrongBinding);
    }

    [Fact]
    public void ErrorsNameNoPerson()
    {
        ResponseScenario[] refused =
        [
            new() { At = Now.AddHours(1) }, new() { AssertionSignature = null }, new() { AuthnStatement = "" }, new() { Conditions = "" }, new() { Tamper = static xml => xml.Replace("staff", "evil", StringComparison.Ordinal) },
        ];
        foreach (var scenario in refused)
        {
            scenario.Verify().ShouldBeOfType<SamlResponseResult.Refused>().Error.ToString().ShouldNotContain(Person);
        }
    }

    private static string Response(string? destination = Acs, string? inResponseTo = RequestId) =>
        $"""ID="_response" Version="2.0" IssueInstant="{Time(0)}" {(destination is null ? "" : $"Destination=\"{destination}\"")} {(inResponseTo is null ? "" : $"InResponseTo=\"{inResponseTo}\"")}""";
}
