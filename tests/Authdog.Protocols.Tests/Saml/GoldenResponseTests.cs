using Authdog.Protocols.Saml.Responses;
using Authdog.Protocols.Tests.Saml.Hosting;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>Responses of the shape that well-known identity providers send: their prefixes, order, extras and places of signatures, with keys of the test run.</summary>
public sealed class GoldenResponseTests
{
    private const string Protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    private const string Assertion = "urn:oasis:names:tc:SAML:2.0:assertion";
    private const string Xs = "http://www.w3.org/2001/XMLSchema";
    private const string Xsi = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly string s_now = ResponseScenario.Time(0);
    private static readonly string s_soon = ResponseScenario.Time(5);
    private static readonly string s_keyInfo = $"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{Convert.ToBase64String(TestKeys.Idp.RawData)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>";

    // Response and assertion signed, prefixes saml2 and saml2p, xs treated inclusively, typed values.
    [Fact]
    public void Okta()
    {
        var xml = $"""
            <?xml version="1.0" encoding="UTF-8"?><saml2p:Response xmlns:saml2p="{Protocol}" xmlns:xs="{Xs}" Destination="{ResponseScenario.Acs}" ID="id1" InResponseTo="{ResponseScenario.RequestId}" IssueInstant="{s_now}" Version="2.0"><saml2:Issuer xmlns:saml2="{Assertion}" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">{ResponseScenario.IdpEntityId}</saml2:Issuer>{Success("saml2p")}<saml2:Assertion xmlns:saml2="{Assertion}" xmlns:xs="{Xs}" ID="id2" IssueInstant="{s_now}" Version="2.0"><saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">{ResponseScenario.IdpEntityId}</saml2:Issuer><saml2:Subject><saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">{ResponseScenario.Person}</saml2:NameID><saml2:SubjectConfirmation Method="{ResponseScenario.Bearer}"><saml2:SubjectConfirmationData InResponseTo="{ResponseScenario.RequestId}" NotOnOrAfter="{s_soon}" Recipient="{ResponseScenario.Acs}"/></saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore="{ResponseScenario.Time(-5)}" NotOnOrAfter="{s_soon}"><saml2:AudienceRestriction><saml2:Audience>{ResponseScenario.SpEntityId}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions><saml2:AuthnStatement AuthnInstant="{s_now}" SessionIndex="{ResponseScenario.RequestId}"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement><saml2:AttributeStatement><saml2:Attribute Name="email" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified"><saml2:AttributeValue xmlns:xsi="{Xsi}" xsi:type="xs:string">{ResponseScenario.Person}</saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement></saml2:Assertion></saml2p:Response>
            """;
        var spec = new SignatureSpec { PrefixList = "xs", KeyInfo = s_keyInfo, WrapLines = true };
        Hold(TestSigner.Sign(TestSigner.Sign(xml, "id2", spec), "id1", spec), new() { RequiredSignature = SignedPart.Both }).Values("email").ShouldBe([ResponseScenario.Person]);
    }

    // Assertion signed, in the default namespace, claims with URIs as names.
    [Fact]
    public void EntraId()
    {
        const string Groups = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups";
        var xml = $"""
            <samlp:Response ID="_r" Version="2.0" IssueInstant="{s_now}" Destination="{ResponseScenario.Acs}" InResponseTo="{ResponseScenario.RequestId}" xmlns:samlp="{Protocol}"><Issuer xmlns="{Assertion}">{ResponseScenario.IdpEntityId}</Issuer>{Success("samlp")}<Assertion ID="_a" IssueInstant="{s_now}" Version="2.0" xmlns="{Assertion}"><Issuer>{ResponseScenario.IdpEntityId}</Issuer><Subject><NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">{ResponseScenario.Person}</NameID><SubjectConfirmation Method="{ResponseScenario.Bearer}"><SubjectConfirmationData InResponseTo="{ResponseScenario.RequestId}" NotOnOrAfter="{ResponseScenario.Time(60)}" Recipient="{ResponseScenario.Acs}"/></SubjectConfirmation></Subject><Conditions NotBefore="{ResponseScenario.Time(-5)}" NotOnOrAfter="{ResponseScenario.Time(60)}"><AudienceRestriction><Audience>{ResponseScenario.SpEntityId}</Audience></AudienceRestriction></Conditions><AttributeStatement><Attribute Name="http://schemas.microsoft.com/identity/claims/tenantid"><AttributeValue>00000000-0000-0000-0000-000000000001</AttributeValue></Attribute><Attribute Name="{Groups}"><AttributeValue>g1</AttributeValue><AttributeValue>g2</AttributeValue></Attribute><Attribute Name="http://schemas.microsoft.com/claims/authnmethodsreferences"><AttributeValue>http://schemas.microsoft.com/claims/multipleauthn</AttributeValue></Attribute></AttributeStatement><AuthnStatement AuthnInstant="{ResponseScenario.Time(-30)}" SessionIndex="_a"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion></samlp:Response>
            """;
        Hold(TestSigner.Sign(xml, "_a", new() { KeyInfo = s_keyInfo })).Values(Groups).ShouldBe(["g1", "g2"]);
    }

    // Response signed alone, a declaration with standalone, no attributes.
    [Fact]
    public void Google()
    {
        var xml = $"""
            <?xml version="1.0" encoding="UTF-8" standalone="no"?><saml2p:Response xmlns:saml2p="{Protocol}" Destination="{ResponseScenario.Acs}" ID="_r" InResponseTo="{ResponseScenario.RequestId}" IssueInstant="{s_now}" Version="2.0"><saml2:Issuer xmlns:saml2="{Assertion}">{ResponseScenario.IdpEntityId}</saml2:Issuer>{Success("saml2p")}<saml2:Assertion xmlns:saml2="{Assertion}" ID="_a" IssueInstant="{s_now}" Version="2.0"><saml2:Issuer>{ResponseScenario.IdpEntityId}</saml2:Issuer><saml2:Subject><saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">{ResponseScenario.Person}</saml2:NameID><saml2:SubjectConfirmation Method="{ResponseScenario.Bearer}"><saml2:SubjectConfirmationData InResponseTo="{ResponseScenario.RequestId}" NotOnOrAfter="{s_soon}" Recipient="{ResponseScenario.Acs}"/></saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore="{ResponseScenario.Time(-5)}" NotOnOrAfter="{s_soon}"><saml2:AudienceRestriction><saml2:Audience>{ResponseScenario.SpEntityId}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions><saml2:AuthnStatement AuthnInstant="{s_now}" SessionIndex="_a"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement></saml2:Assertion></saml2p:Response>
            """;
        Hold(TestSigner.Sign(xml, "_r", new() { KeyInfo = s_keyInfo })).Attributes.ShouldBeEmpty();
    }

    // Assertion signed and encrypted with CBC, key transport with its digest, a Consent, the Windows names of claims.
    [Fact]
    public void AdFs()
    {
        const string Upn = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";
        var assertion = TestSigner.Sign(
            $"""
            <Assertion ID="_a" IssueInstant="{s_now}" Version="2.0" xmlns="{Assertion}"><Issuer>{ResponseScenario.IdpEntityId}</Issuer><Subject><NameID>{ResponseScenario.Person}</NameID><SubjectConfirmation Method="{ResponseScenario.Bearer}"><SubjectConfirmationData InResponseTo="{ResponseScenario.RequestId}" NotOnOrAfter="{s_soon}" Recipient="{ResponseScenario.Acs}"/></SubjectConfirmation></Subject><Conditions NotBefore="{s_now}" NotOnOrAfter="{ResponseScenario.Time(60)}"><AudienceRestriction><Audience>{ResponseScenario.SpEntityId}</Audience></AudienceRestriction></Conditions><AttributeStatement><Attribute Name="{Upn}"><AttributeValue>ada@corp.local</AttributeValue></Attribute></AttributeStatement><AuthnStatement AuthnInstant="{s_now}"><AuthnContext><AuthnContextClassRef>urn:federation:authentication:windows</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion>
            """,
            "_a",
            new() { KeyInfo = s_keyInfo });
        var encrypted = new EncryptionSpec { Content = EncryptionSpec.Xenc + "aes256-cbc" }.Encrypt(assertion);
        var held = Hold($"""<samlp:Response ID="_r" Version="2.0" IssueInstant="{s_now}" Destination="{ResponseScenario.Acs}" Consent="urn:oasis:names:tc:SAML:2.0:consent:unspecified" InResponseTo="{ResponseScenario.RequestId}" xmlns:samlp="{Protocol}"><Issuer xmlns="{Assertion}">{ResponseScenario.IdpEntityId}</Issuer>{Success("samlp")}{encrypted}</samlp:Response>""");
        held.Values(Upn).ShouldBe(["ada@corp.local"]);
        held.SessionIndex.ShouldBeNull();
        held.NameId.Format.ShouldBeNull();
    }

    // Response signed, printed on many lines.
    [Fact]
    public void Ping()
    {
        var xml = $"""
            <samlp:Response Version="2.0" ID="r" IssueInstant="{s_now}" InResponseTo="{ResponseScenario.RequestId}" Destination="{ResponseScenario.Acs}" xmlns:samlp="{Protocol}">
              <saml:Issuer xmlns:saml="{Assertion}">
                {ResponseScenario.IdpEntityId}
              </saml:Issuer>
              {Success("samlp")}
              <saml:Assertion ID="a" IssueInstant="{s_now}" Version="2.0" xmlns:saml="{Assertion}" xmlns:xs="{Xs}" xmlns:xsi="{Xsi}">
                <saml:Issuer>{ResponseScenario.IdpEntityId}</saml:Issuer>
                <saml:Subject>
                  <saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">
                    {ResponseScenario.Person}
                  </saml:NameID>
                  <saml:SubjectConfirmation Method="{ResponseScenario.Bearer}">
                    <saml:SubjectConfirmationData Recipient="{ResponseScenario.Acs}" NotOnOrAfter="{s_soon}" InResponseTo="{ResponseScenario.RequestId}"/>
                  </saml:SubjectConfirmation>
                </saml:Subject>
                <saml:Conditions NotBefore="{ResponseScenario.Time(-5)}" NotOnOrAfter="{s_soon}">
                  <saml:AudienceRestriction><saml:Audience>{ResponseScenario.SpEntityId}</saml:Audience></saml:AudienceRestriction>
                </saml:Conditions>
                <saml:AuthnStatement SessionIndex="s" AuthnInstant="{s_now}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
                <saml:AttributeStatement><saml:Attribute Name="memberOf" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic"><saml:AttributeValue xsi:type="xs:string">staff</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>
              </saml:Assertion>
            </samlp:Response>
            """;
        Hold(TestSigner.Sign(xml, "r", new() { WrapLines = true, KeyInfo = s_keyInfo })).Values("memberOf").ShouldBe(["staff"]);
    }

    // Response and assertion signed, encrypted with GCM; object identifiers as names, a name identifier as a value, an address in the confirmation.
    [Fact]
    public void Shibboleth()
    {
        const string Targeted = "urn:oid:1.3.6.1.4.1.5923.1.1.1.10";
        var spec = new SignatureSpec { PrefixList = "xsd", Digest = "http://www.w3.org/2001/04/xmlenc#sha512", Method = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512" };
        var assertion = TestSigner.Sign(
            $"""
            <saml2:Assertion xmlns:saml2="{Assertion}" xmlns:xsd="{Xs}" ID="_a" IssueInstant="{s_now}" Version="2.0"><saml2:Issuer>{ResponseScenario.IdpEntityId}</saml2:Issuer><saml2:Subject><saml2:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" NameQualifier="{ResponseScenario.IdpEntityId}" SPNameQualifier="{ResponseScenario.SpEntityId}">{ResponseScenario.Person}</saml2:NameID><saml2:SubjectConfirmation Method="{ResponseScenario.Bearer}"><saml2:SubjectConfirmationData Address="192.0.2.1" InResponseTo="{ResponseScenario.RequestId}" NotOnOrAfter="{s_soon}" Recipient="{ResponseScenario.Acs}"/></saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore="{s_now}" NotOnOrAfter="{s_soon}"><saml2:AudienceRestriction><saml2:Audience>{ResponseScenario.SpEntityId}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions><saml2:AuthnStatement AuthnInstant="{s_now}" SessionIndex="_s" SessionNotOnOrAfter="{ResponseScenario.Time(60)}"><saml2:SubjectLocality Address="192.0.2.1"/><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement><saml2:AttributeStatement><saml2:Attribute FriendlyName="eduPersonTargetedID" Name="{Targeted}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"><saml2:AttributeValue><saml2:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">opaque</saml2:NameID></saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement></saml2:Assertion>
            """,
            "_a",
            spec);
        var response = $"""<saml2p:Response xmlns:saml2p="{Protocol}" Destination="{ResponseScenario.Acs}" ID="_r" InResponseTo="{ResponseScenario.RequestId}" IssueInstant="{s_now}" Version="2.0"><saml2:Issuer xmlns:saml2="{Assertion}">{ResponseScenario.IdpEntityId}</saml2:Issuer>{Success("saml2p")}{new EncryptionSpec().Encrypt(assertion)}</saml2p:Response>""";
        var held = Hold(TestSigner.Sign(response, "_r", spec), new() { RequiredSignature = SignedPart.Both, RequireEncryption = true });
        held.Values(Targeted).ShouldBe(["opaque"]);
        held.NameId.SpNameQualifier.ShouldBe(ResponseScenario.SpEntityId);
        held.SessionNotOnOrAfter.ShouldBe(ResponseScenario.Now.AddHours(1));
    }

    private static string Success(string prefix) => $"<{prefix}:Status><{prefix}:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></{prefix}:Status>";

    private static VerifiedSamlAssertion Hold(string xml, SamlResponseRules? rules = null)
    {
        var scenario = new ResponseScenario { Tamper = _ => xml, Rules = rules ?? new() };
        var held = scenario.ShouldHold();
        held.NameId.Value.ShouldBe(ResponseScenario.Person);
        return held;
    }
}
