using System.Xml;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;
using Authdog.Protocols.Saml.Responses;

namespace Authdog.Protocols.Tests.Saml.Hosting;

/// <summary>A sign-in that is right in everything; a test changes one thing.</summary>
internal sealed record ResponseScenario
{
    public const string IdpEntityId = "https://idp.example.com/metadata";
    public const string SpEntityId = "https://app.example.com/.authdog/saml/acme/metadata";
    public const string Acs = "https://app.example.com/.authdog/saml/acme/acs";
    public const string Person = "ada@example.com";
    public const string Evil = "root@example.com";
    public const string RequestId = "_request1";
    public const string Bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
    public const string Success = """<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>""";

    public static DateTimeOffset Now { get; } = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    // The service provider's side.
    public SamlServiceProvider ServiceProvider { get; init; } = new()
    {
        EntityId = SpEntityId,
        AssertionConsumerService = Acs,
        SigningKeys = [TestKeys.SpSigning],
        DecryptionKeys = [TestKeys.SpDecryption, TestKeys.SpDecryptionOld],
    };

    public SamlIdentityProvider IdentityProvider { get; init; } = new() { EntityId = IdpEntityId, SigningCertificates = [TestKeys.Pin(TestKeys.Idp), TestKeys.Pin(TestKeys.IdpEc)] };

    public SamlResponseRules Rules { get; init; } = new();

    public OutstandingAuthnRequest? Outstanding { get; init; } = new(RequestId, Now.AddMinutes(-1), false, []);

    public DateTimeOffset At { get; init; } = Now;

    // The response.
    public string ResponseAttributes { get; init; } = $"""ID="_response" Version="2.0" IssueInstant="{Time(0)}" Destination="{Acs}" InResponseTo="{RequestId}" """;

    public string ResponseIssuer { get; init; } = $"<saml:Issuer>{IdpEntityId}</saml:Issuer>";

    public string Status { get; init; } = Success;

    /// <summary>What stands before the status.</summary>
    public string Extensions { get; init; } = string.Empty;

    // The assertion.
    public string AssertionAttributes { get; init; } = $"""ID="_assertion" Version="2.0" IssueInstant="{Time(0)}" """;

    public string AssertionIssuer { get; init; } = $"<saml:Issuer>{IdpEntityId}</saml:Issuer>";

    public string NameId { get; init; } = $"""<saml:NameID Format="{NameIdFormats.Persistent}">{Person}</saml:NameID>""";

    public string Confirmation { get; init; } = Confirm();

    public string Conditions { get; init; } = Condition(Audience(SpEntityId));

    public string AuthnStatement { get; init; } = Authn();

    public string AttributeStatement { get; init; } = $"""<saml:AttributeStatement><saml:Attribute Name="mail" FriendlyName="E-mail"><saml:AttributeValue>{Person}</saml:AttributeValue></saml:Attribute><saml:Attribute Name="groups"><saml:AttributeValue>staff</saml:AttributeValue><saml:AttributeValue>finance</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>""";

    // Signatures and encryption.
    public SignatureSpec? ResponseSignature { get; init; }

    public SignatureSpec? AssertionSignature { get; init; } = new();

    public EncryptionSpec? Encryption { get; init; }

    /// <summary>Changes the assertion before it is signed.</summary>
    public Func<string, string> BeforeSigning { get; init; } = static xml => xml;

    /// <summary>Signs the assertion where it stands in the response, and not alone before.</summary>
    public SignatureSpec? AssertionSignatureInPlace { get; init; }

    /// <summary>Changes the signed assertion before it is encrypted or put into the response.</summary>
    public Func<string, string> BeforeEncryption { get; init; } = static xml => xml;

    /// <summary>Changes the whole, signed message: where attackers stand.</summary>
    public Func<string, string> Tamper { get; init; } = static xml => xml;

    /// <summary>As signed by response and assertion.</summary>
    public static ResponseScenario BothSigned { get; } = new() { ResponseSignature = new() };

    /// <summary>As signed by the response alone.</summary>
    public static ResponseScenario ResponseSigned { get; } = new() { ResponseSignature = new(), AssertionSignature = null };

    public static string Time(double minutes) => Now.AddMinutes(minutes).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);

    public static string Audience(params string[] audiences) => $"<saml:AudienceRestriction>{string.Concat(audiences.Select(audience => $"<saml:Audience>{audience}</saml:Audience>"))}</saml:AudienceRestriction>";

    public static string Condition(string content, string? attributes = null) => $"""<saml:Conditions {attributes ?? $"NotBefore=\"{Time(-1)}\" NotOnOrAfter=\"{Time(5)}\""}>{content}</saml:Conditions>""";

    public static string Confirm(string? data = null, string method = Bearer) =>
        $"""<saml:SubjectConfirmation Method="{method}"><saml:SubjectConfirmationData {data ?? ConfirmationData()}/></saml:SubjectConfirmation>""";

    public static string ConfirmationData(string recipient = Acs, double minutes = 5, string? inResponseTo = RequestId) =>
        $"""Recipient="{recipient}" NotOnOrAfter="{Time(minutes)}" {(inResponseTo is null ? "" : $"InResponseTo=\"{inResponseTo}\"")}""";

    public static string Authn(string? attributes = null, string context = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport") =>
        $"""<saml:AuthnStatement {attributes ?? $"AuthnInstant=\"{Time(0)}\" SessionIndex=\"_session\""}><saml:AuthnContext><saml:AuthnContextClassRef>{context}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>""";

    /// <summary>An assertion of this scenario, unsigned.</summary>
    public string Assertion() =>
        $"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xs="http://www.w3.org/2001/XMLSchema" {AssertionAttributes}>{AssertionIssuer}<saml:Subject>{NameId}{Confirmation}</saml:Subject>{Conditions}{AuthnStatement}{AttributeStatement}</saml:Assertion>""";

    /// <summary>The message as the browser posts it.</summary>
    public string Xml()
    {
        var assertion = BeforeSigning(Assertion());
        if (AssertionSignature is not null)
        {
            assertion = TestSigner.Sign(assertion, "_assertion", AssertionSignature);
        }

        assertion = BeforeEncryption(assertion);
        if (Encryption is not null)
        {
            assertion = Encryption.Encrypt(assertion);
        }

        var response = $"""<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" {ResponseAttributes}>{ResponseIssuer}{Extensions}<samlp:Status>{Status}</samlp:Status>{assertion}</samlp:Response>""";
        if (AssertionSignatureInPlace is not null)
        {
            response = TestSigner.Sign(response, "_assertion", AssertionSignatureInPlace);
        }

        return Tamper(ResponseSignature is null ? response : TestSigner.Sign(response, "_response", ResponseSignature));
    }

    public SamlResponseResult Verify() => Verify(TestSigner.Utf8(Xml()));

    public SamlResponseResult Verify(byte[] xml) =>
        new SamlResponseVerifier(ServiceProvider, IdentityProvider, Rules).Verify(new(SamlBinding.HttpPost, SamlParameter.SAMLResponse, xml, null, null), Outstanding, At);

    /// <summary>It holds, and this is what is in it.</summary>
    public VerifiedSamlAssertion ShouldHold()
    {
        var result = Verify();
        var verified = result.ShouldBeOfType<SamlResponseResult.Verified>((result as SamlResponseResult.Refused)?.Error.ToString());
        verified.Assertion.TryRedeem(isFirstUse: true, out var assertion, out _).ShouldBeTrue();
        return assertion!;
    }

    /// <summary>It is refused, for one of these reasons.</summary>
    public SamlError ShouldBeRefused(params SamlErrorCode[] codes)
    {
        var error = Verify().ShouldBeOfType<SamlResponseResult.Refused>().Error;
        codes.ShouldContain(error.Code, error.ToString());
        return error;
    }

    /// <summary>A tampering with the parsed message.</summary>
    public ResponseScenario Tampered(Action<XmlDocument> change) => this with
    {
        Tamper = xml =>
        {
            var document = TestSigner.Load(xml);
            change(document);
            return document.OuterXml;
        },
    };
}
