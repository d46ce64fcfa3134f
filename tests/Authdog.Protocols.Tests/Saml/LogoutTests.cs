using System.IO.Compression;
using System.Text;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Keys;
using Authdog.Protocols.Saml.Logout;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Tests.Saml.Hosting;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>Logout, both ways. The identity provider's side is this service provider's with the roles exchanged, and a hand-written one where something is wrong.</summary>
[Trait("Threat", "I8")]
public sealed class LogoutTests
{
    private const string Slo = "https://app.example.com/.authdog/saml/acme/slo";
    private const string IdpSlo = "https://idp.example.com/slo";
    private static readonly ServiceProviderKey s_idpKey = TestKeys.Own(TestKeys.Idp);
    private static readonly SamlServiceProvider s_sp = new ResponseScenario().ServiceProvider with { SingleLogoutService = Slo };
    private static readonly SamlIdentityProvider s_idp = new()
    {
        EntityId = ResponseScenario.IdpEntityId,
        SigningCertificates = [Pin(s_idpKey)],
    };

    private static readonly SamlServiceProvider s_idpAsSender = new() { EntityId = ResponseScenario.IdpEntityId, AssertionConsumerService = "https://idp.example.com", SingleLogoutService = IdpSlo, SigningKeys = [s_idpKey] };
    private static readonly SamlNameId s_ada = new(ResponseScenario.Person, NameIdFormats.Persistent, "q", "sq");

    public static TheoryData<SamlBinding> Bindings => [SamlBinding.HttpPost, SamlBinding.HttpRedirect];

    [Theory]
    [MemberData(nameof(Bindings))]
    public void RequestOfTheProvider_IsVerified(SamlBinding binding)
    {
        var message = Receive(new LogoutRequest { Id = "_l1", IssueInstant = ResponseScenario.Now, NameId = s_ada, SessionIndex = "_s" }.Send(s_idpAsSender, new(binding, Slo), "state"));

        var request = new LogoutVerifier(s_sp, s_idp, TimeSpan.FromMinutes(1)).VerifyRequest(message, ResponseScenario.Now).ShouldBeOfType<LogoutRequestResult.Verified>().Request;

        request.Id.ShouldBe("_l1");
        request.NameId.ShouldBe(s_ada);
        request.SessionIndexes.ShouldBe(["_s"]);
        message.RelayState.ShouldBe("state");
    }

    [Theory]
    [MemberData(nameof(Bindings))]
    public void ResponseOfTheProvider_IsVerified(SamlBinding binding)
    {
        foreach (var outcome in Enum.GetValues<LogoutOutcome>())
        {
            var message = Receive(new LogoutResponse { Id = "_r1", IssueInstant = ResponseScenario.Now, InResponseTo = "_l1", Outcome = outcome }.Send(s_idpAsSender, new(binding, "https://elsewhere.example.com", Slo), null));
            new LogoutVerifier(s_sp, s_idp, TimeSpan.Zero).VerifyResponse(message, "_l1", ResponseScenario.Now).ShouldBe(new LogoutResponseResult.Verified(outcome));
            Refused(new LogoutVerifier(s_sp, s_idp, TimeSpan.Zero).VerifyResponse(message, "_l2", ResponseScenario.Now), SamlErrorCode.WrongInResponseTo);
        }
    }

    [Fact]
    public void LongRelayStateGoesBackAsItCame()
    {
        var state = new string('s', 500);
        Receive(new LogoutResponse { Id = "_r", IssueInstant = ResponseScenario.Now, InResponseTo = "_l" }.Send(s_sp, new(SamlBinding.HttpRedirect, IdpSlo), state)).RelayState.ShouldBe(state);
        Should.Throw<ArgumentException>(() => new LogoutRequest { Id = "_r", IssueInstant = ResponseScenario.Now, NameId = s_ada }.Send(s_sp, new(SamlBinding.HttpRedirect, IdpSlo), state));
    }

    [Fact]
    public void UnsignedLogout_IsRefused()
    {
        Request(Xml(), null).ShouldBe(SamlErrorCode.SignatureMissing);
        Query(Xml(), null).ShouldBe(SamlErrorCode.SignatureMissing);
        Query(Xml(), null, query => query + "&SigAlg=" + Uri.EscapeDataString("http://www.w3.org/2000/09/xmldsig#rsa-sha1") + "&Signature=AAAA").ShouldBe(SamlErrorCode.SignatureAlgorithm);

        // Signed in the XML is not signed by the query.
        Query(TestSigner.Sign(Xml(), "_l1", new()), null).ShouldBe(SamlErrorCode.SignatureShape);
    }

    [Fact]
    public void LogoutOfAnotherSigner_IsRefused()
    {
        Request(Xml(), new SignatureSpec { Key = TestKeys.Attacker }).ShouldBe(SamlErrorCode.SignatureUntrusted);
        Query(Xml(), new SignatureSpec { Key = TestKeys.Attacker }).ShouldBe(SamlErrorCode.SignatureUntrusted);
        Query(Xml(), new SignatureSpec { Key = TestKeys.Attacker, Method = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256" }).ShouldBe(SamlErrorCode.SignatureAlgorithm);
    }

    [Fact]
    public void ChangedQuery_IsRefused()
    {
        var spec = new SignatureSpec();
        Query(Xml(), spec).ShouldBeNull();
        Query(Xml(), spec, static query => query.Replace("RelayState=x", "RelayState=y", StringComparison.Ordinal)).ShouldBe(SamlErrorCode.SignatureUntrusted);
        Query(Xml(), spec, static query => query.Replace("&RelayState=x", "", StringComparison.Ordinal)).ShouldBe(SamlErrorCode.SignatureUntrusted);
        Query(Xml(), spec, static query => query.Replace("SAMLRequest=", "SAMLResponse=", StringComparison.Ordinal)).ShouldBe(SamlErrorCode.WrongBinding);
    }

    [Fact]
    public void LogoutForSomebodyElse_IsRefused()
    {
        Signed(Xml(destination: "https://other.example.com/slo")).ShouldBe(SamlErrorCode.WrongDestination);
        Signed(Xml().Replace($"Destination=\"{Slo}\"", "", StringComparison.Ordinal)).ShouldBe(SamlErrorCode.WrongDestination);
        Signed(Xml(issuer: "https://other.example.com")).ShouldBe(SamlErrorCode.WrongIssuer);
        Signed(Xml(instant: ResponseScenario.Time(-20))).ShouldBe(SamlErrorCode.Expired);
        Signed(Xml(instant: ResponseScenario.Time(20))).ShouldBe(SamlErrorCode.Expired);
        Signed(Xml(more: $"NotOnOrAfter=\"{ResponseScenario.Time(-2)}\"")).ShouldBe(SamlErrorCode.Expired);
        Signed(Xml(more: "NotOnOrAfter=\"soon\"")).ShouldBe(SamlErrorCode.Expired);
        Signed(Xml(nameId: "")).ShouldBe(SamlErrorCode.NameIdMissing);
        Signed(Xml(nameId: string.Concat(Enumerable.Range(0, 101).Select(number => $"<samlp:SessionIndex>{number}</samlp:SessionIndex>").Prepend("<saml:NameID>a</saml:NameID>")))).ShouldBe(SamlErrorCode.WrongMessage);
        Signed(Xml().Replace("samlp:LogoutRequest", "samlp:AuthnRequest", StringComparison.Ordinal)).ShouldBe(SamlErrorCode.WrongMessage);
    }

    [Fact]
    public void WrappedLogout_IsRefused()
    {
        var signed = TestSigner.Sign(Xml(), "_l1", new());
        var evil = Xml(nameId: "<saml:NameID>bob</saml:NameID>").Replace("_l1", "_evil", StringComparison.Ordinal).Replace("</samlp:LogoutRequest>", $"<samlp:Extensions>{signed}</samlp:Extensions></samlp:LogoutRequest>", StringComparison.Ordinal);
        Request(evil, null).ShouldBe(SamlErrorCode.SignatureShape);
        Request(signed.Replace(ResponseScenario.Person, "bob", StringComparison.Ordinal), null).ShouldBe(SamlErrorCode.SignatureDigest);
    }

    private static SamlErrorCode? Signed(string xml)
    {
        var post = Request(xml, new SignatureSpec());
        Query(xml, new SignatureSpec()).ShouldBe(post);
        return post;
    }

    private static SamlErrorCode? Request(string xml, SignatureSpec? spec)
    {
        var signed = spec is null ? xml : TestSigner.Sign(xml, "_l1", spec);
        return Verify(MessageReceiver.FromForm([new("SAMLRequest", Convert.ToBase64String(Encoding.UTF8.GetBytes(signed)))]));
    }

    private static SamlErrorCode? Query(string xml, SignatureSpec? spec, Func<string, string>? tamper = null)
    {
        using var deflated = new MemoryStream();
        using (var deflate = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(Encoding.UTF8.GetBytes(xml));
        }

        var query = $"SAMLRequest={Uri.EscapeDataString(Convert.ToBase64String(deflated.ToArray()))}&RelayState=x";
        if (spec is not null)
        {
            query += "&SigAlg=" + Uri.EscapeDataString(spec.Method);
            query += "&Signature=" + Uri.EscapeDataString(Convert.ToBase64String(TestSigner.SignBytes(Encoding.UTF8.GetBytes(query), spec)));
        }

        return Verify(MessageReceiver.FromQuery(tamper?.Invoke(query) ?? query));
    }

    private static SamlErrorCode? Verify(ReceivedMessageResult received) =>
        (new LogoutVerifier(s_sp, s_idp, TimeSpan.FromMinutes(1)).VerifyRequest(received.ShouldBeOfType<ReceivedMessageResult.Received>().Message, ResponseScenario.Now) as LogoutRequestResult.Refused)?.Error.Code;

    private static string Xml(string destination = Slo, string issuer = ResponseScenario.IdpEntityId, string? instant = null, string more = "", string nameId = $"<saml:NameID>{ResponseScenario.Person}</saml:NameID>") =>
        $"""<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_l1" Version="2.0" IssueInstant="{instant ?? ResponseScenario.Time(0)}" Destination="{destination}" {more}><saml:Issuer>{issuer}</saml:Issuer>{nameId}</samlp:LogoutRequest>""";

    private static ReceivedMessage Receive(OutgoingMessage message) =>
        (message.Binding is SamlBinding.HttpPost ? MessageReceiver.FromForm(message.Fields) : MessageReceiver.FromQuery(new Uri(message.Url).Query)).ShouldBeOfType<ReceivedMessageResult.Received>().Message;

    private static void Refused(LogoutResponseResult result, SamlErrorCode code) => result.ShouldBeOfType<LogoutResponseResult.Refused>().Error.Code.ShouldBe(code);

    private static PinnedCertificate Pin(ServiceProviderKey key) =>
        PinnedCertificate.TryParse(key.CertificateBase64, out var pinned, out var error) ? pinned : throw new InvalidOperationException(error.ToString());
}
