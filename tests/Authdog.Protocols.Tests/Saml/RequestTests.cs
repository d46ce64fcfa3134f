using System.Text;
using System.Xml;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;
using Authdog.Protocols.Tests.Saml.Hosting;

namespace Authdog.Protocols.Tests.Saml;

/// <summary>Requests as an identity provider reads them.</summary>
public sealed class RequestTests
{
    private static readonly SamlServiceProvider s_sp = new ResponseScenario().ServiceProvider;
    private static readonly SamlEndpoint s_post = new(SamlBinding.HttpPost, "https://idp.example.com/sso");
    private static readonly SamlEndpoint s_redirect = new(SamlBinding.HttpRedirect, "https://idp.example.com/sso?tenant=1");

    [Fact]
    public void AsksForWhatWasAsked()
    {
        var request = Request() with { ForceAuthn = true, AuthnContextClassRefs = ["urn:a", "urn:b"], NameIdFormat = NameIdFormats.Persistent, Subject = "ada@example.com" };

        var element = Read(request.Send(s_sp, s_post, null, isSigned: false));

        element.GetAttribute("ID").ShouldBe(request.Id);
        element.GetAttribute("ForceAuthn").ShouldBe("true");
        element.HasAttribute("IsPassive").ShouldBeFalse();
        element.GetAttribute("Destination").ShouldBe(s_post.Location);
        element.GetAttribute("AssertionConsumerServiceURL").ShouldBe(ResponseScenario.Acs);
        element.GetAttribute("ProtocolBinding").ShouldBe("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST");
        element.ChildNodes.OfType<XmlElement>().Select(child => child.LocalName).ShouldBe(["Issuer", "Subject", "NameIDPolicy", "RequestedAuthnContext"]);
        element.FirstChild!.InnerText.ShouldBe(ResponseScenario.SpEntityId);
        element.LastChild!.ChildNodes.OfType<XmlElement>().Select(child => child.InnerText).ShouldBe(["urn:a", "urn:b"]);
        request.Outstanding.ShouldBe(new OutstandingAuthnRequest(request.Id, ResponseScenario.Now, true, request.AuthnContextClassRefs));
    }

    [Fact]
    public void ValuesCannotBreakOutOfTheMessage()
    {
        const string Nasty = "\"><saml:x/>&<!--";
        var element = Read((Request() with { Subject = Nasty, AuthnContextClassRefs = [Nasty] }).Send(s_sp with { EntityId = Nasty }, s_post, Nasty, isSigned: false));

        element.FirstChild!.InnerText.ShouldBe(Nasty);
        element.LastChild!.InnerText.ShouldBe(Nasty);
    }

    [Fact]
    public void PostIsSignedInTheXml()
    {
        var message = Request().Send(s_sp, s_post, "state", isSigned: true);

        message.Fields.Select(field => field.Key).ShouldBe(["SAMLRequest", "RelayState"]);
        var received = MessageReceiver.FromForm(message.Fields).ShouldBeOfType<ReceivedMessageResult.Received>().Message;
        MessageSignatureVerifier.TryVerify(received, [Pin(s_sp)], out _, out var error).ShouldBeTrue(error?.ToString());

        // .NET's own implementation verifies it, too.
        var document = TestSigner.Load(Encoding.UTF8.GetString(received.Xml.Span));
        var signed = new System.Security.Cryptography.Xml.SignedXml(document);
        signed.LoadXml((XmlElement)document.DocumentElement!.ChildNodes[1]!);
        using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(Convert.FromBase64String(s_sp.SigningKeys[0].CertificateBase64));
        signed.CheckSignature(certificate, verifySignatureOnly: true).ShouldBeTrue();
    }

    [Fact]
    public void RedirectIsSignedInTheQuery()
    {
        var message = Request().Send(s_sp, s_redirect, "a b/c", isSigned: true);

        message.Url.ShouldStartWith("https://idp.example.com/sso?tenant=1&SAMLRequest=");
        var received = MessageReceiver.FromQuery(new Uri(message.Url).Query).ShouldBeOfType<ReceivedMessageResult.Received>().Message;
        received.RelayState.ShouldBe("a b/c");
        MessageSignatureVerifier.TryVerify(received, [Pin(s_sp)], out _, out var error).ShouldBeTrue(error?.ToString());

        var unsigned = Request().Send(s_sp, s_redirect, null, isSigned: false);
        unsigned.Url.ShouldNotContain("Signature");
    }

    [Fact]
    public void SignsWithAnEcdsaKey()
    {
        var sp = s_sp with { SigningKeys = [TestKeys.Own(TestKeys.IdpEc)] };
        foreach (var endpoint in new[] { s_post, s_redirect })
        {
            var message = Request().Send(sp, endpoint, null, isSigned: true);
            var received = endpoint == s_post ? MessageReceiver.FromForm(message.Fields) : MessageReceiver.FromQuery(new Uri(message.Url).Query);
            MessageSignatureVerifier.TryVerify(received.ShouldBeOfType<ReceivedMessageResult.Received>().Message, [Pin(sp)], out _, out _).ShouldBeTrue();
        }
    }

    [Fact]
    public void RelayStateIsBounded()
    {
        Request().Send(s_sp, s_post, new string('a', 80), isSigned: false).Fields[1].Value.Length.ShouldBe(80);
        Should.Throw<ArgumentException>(() => Request().Send(s_sp, s_redirect, new string('ä', 41), isSigned: false));
    }

    [Fact]
    public void IdentifiersAreNamesThatNobodyGuesses()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => MessageId.Next()).ToHashSet();
        ids.Count.ShouldBe(100);
        ids.ShouldAllBe(id => XmlReader.IsName(id) && id.Length == 41);
    }

    private static AuthnRequest Request() => new() { Id = MessageId.Next(), IssueInstant = ResponseScenario.Now };

    private static XmlElement Read(OutgoingMessage message) => TestSigner.Load(Encoding.UTF8.GetString(Convert.FromBase64String(message.Fields[0].Value))).DocumentElement!;

    private static Authdog.Protocols.Saml.Keys.PinnedCertificate Pin(SamlServiceProvider sp) =>
        Authdog.Protocols.Saml.Keys.PinnedCertificate.TryParse(sp.SigningKeys[0].CertificateBase64, out var pinned, out var error) ? pinned : throw new InvalidOperationException(error.ToString());
}
