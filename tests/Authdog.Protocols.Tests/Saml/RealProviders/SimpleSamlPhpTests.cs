using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Logout;
using Authdog.Protocols.Saml.Metadata;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;
using Authdog.Protocols.Saml.Responses;
using Authdog.Protocols.Tests.Saml.Hosting;
using Authdog.TestKit.Saml;

namespace Authdog.Protocols.Tests.Saml.RealProviders;

/// <summary>SimpleSAMLphp signs in, encrypts, changes its key and logs out, from both ends.</summary>
public sealed class SimpleSamlPhpTests(SimpleSamlPhpFixture fixture) : IClassFixture<SimpleSamlPhpFixture>, IAsyncLifetime
{
    private readonly TestServiceProvider _sp = new("sspphp");
    private readonly SimpleSamlPhpServer _idp = fixture.Server;

    public async ValueTask InitializeAsync()
    {
        _idp.Register(_sp.Registration);
        await _sp.ReadMetadataAsync(_idp.EntityId);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task SignsIn_WhateverIsSignedAndEncrypted()
    {
        var secret = TestKeys.SpDecryption.CertificateBase64;
        (SamlServiceRegistration Registration, SamlBinding Binding, bool IsEncrypted)[] cases =
        [
            (_sp.Registration, SamlBinding.HttpRedirect, false),
            (_sp.Registration with { SignResponse = true, SignAssertion = false }, SamlBinding.HttpPost, false),
            (_sp.Registration with { SignResponse = true, RequireSignedRequests = true }, SamlBinding.HttpRedirect, false),
            (_sp.Registration with { SignResponse = true, RequireSignedRequests = true }, SamlBinding.HttpPost, false),
            (_sp.Registration with { EncryptionCertificate = secret }, SamlBinding.HttpRedirect, true),
            (_sp.Registration with { EncryptionCertificate = secret, SignResponse = true, SignAssertion = false }, SamlBinding.HttpRedirect, true),
            (_sp.Registration with { EncryptionCertificate = secret, SignResponse = true }, SamlBinding.HttpRedirect, true),
            (_sp.Registration with { EncryptionCertificate = secret, EncryptNameId = true }, SamlBinding.HttpRedirect, false),
        ];
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        foreach (var (registration, binding, isEncrypted) in cases)
        {
            _idp.Register(registration);
            var request = TestServiceProvider.Ask();

            var assertion = _sp.Accept(await _sp.SignInAsync(browser, request, binding, "state1", isSigned: registration.RequireSignedRequests), request, "state1");

            assertion.NameId.Value.ShouldBe("ada", registration.ToString());
            assertion.NameId.Format.ShouldBe(NameIdFormats.Persistent);
            assertion.Values("mail").ShouldBe(["ada@example.com"]);
            assertion.Values("groups").ShouldBe(["staff", "finance"]);
            assertion.SessionIndex.ShouldNotBeNullOrEmpty();
            assertion.SessionNotOnOrAfter.ShouldNotBeNull();
            assertion.IsEncrypted.ShouldBe(isEncrypted);
        }

        browser.SignIns.ShouldBe(1);
    }

    [Fact]
    public async Task AsksAgain_WhenForced()
    {
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        for (var time = 1; time <= 2; time++)
        {
            var request = TestServiceProvider.Ask() with { ForceAuthn = true, NameIdFormat = NameIdFormats.Persistent };
            var assertion = _sp.Accept(await _sp.SignInAsync(browser, request, SamlBinding.HttpRedirect, "s"), request, "s");
            browser.SignIns.ShouldBe(time);
            assertion.AuthnInstant.ShouldBeGreaterThan(request.IssueInstant.AddSeconds(-2));
        }
    }

    [Fact]
    public async Task AnswerIsForItsRequestItsConnectionAndItsPolicyAlone()
    {
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        var request = TestServiceProvider.Ask();
        var arrival = await _sp.SignInAsync(browser, request, SamlBinding.HttpRedirect, "s");

        Refused(_sp.Take(arrival, TestServiceProvider.Ask()), SamlErrorCode.WrongInResponseTo);
        Refused(_sp.Take(arrival, null), SamlErrorCode.WrongInResponseTo);
        Refused(new TestServiceProvider("sspphp") { IdentityProvider = _sp.IdentityProvider, Rules = new() { RequiredSignature = SignedPart.Both } }.Take(arrival, request), SamlErrorCode.SignatureMissing);
        Refused(new TestServiceProvider("sspphp") { IdentityProvider = _sp.IdentityProvider, Rules = new() { RequireEncryption = true } }.Take(arrival, request), SamlErrorCode.EncryptionMissing);
        Refused(new TestServiceProvider("sspphp") { IdentityProvider = _sp.IdentityProvider with { SigningCertificates = [TestKeys.Pin(TestKeys.Idp)] } }.Take(arrival, request), SamlErrorCode.SignatureUntrusted);
        Refused(new SamlResponseVerifier(_sp.Self, _sp.IdentityProvider, new()).Verify(TestServiceProvider.Message(arrival), request.Outstanding, TestServiceProvider.Now.AddHours(1)), SamlErrorCode.Expired);
        _sp.Take(arrival, request).ShouldBeOfType<SamlResponseResult.Verified>();
    }

    [Fact]
    public async Task EveryWrapping_OfItsOwnResponse_IsRefused()
    {
        _idp.Register(_sp.Registration with { SignResponse = true });
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        var request = TestServiceProvider.Ask();
        var genuine = TestServiceProvider.Text(await _sp.SignInAsync(browser, request, SamlBinding.HttpRedirect, "s"));
        foreach (var (name, wrap) in Wrapping.All)
        {
            var document = TestSigner.Load(genuine);
            wrap(document);
            var message = new ReceivedMessage(SamlBinding.HttpPost, SamlParameter.SAMLResponse, TestSigner.Utf8(document.OuterXml), null, null);
            new SamlResponseVerifier(_sp.Self, _sp.IdentityProvider, new()).Verify(message, request.Outstanding, TestServiceProvider.Now).ShouldBeOfType<SamlResponseResult.Refused>(name);
        }
    }

    [Fact]
    public async Task UnsignedRequest_IsRefusedByIt_WhenItDemandsOne()
    {
        _idp.Register(_sp.Registration with { RequireSignedRequests = true });
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        foreach (var binding in new[] { SamlBinding.HttpRedirect, SamlBinding.HttpPost })
        {
            (await _sp.SignInAsync(browser, TestServiceProvider.Ask(), binding, "s", isSigned: false)).Page.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task KeyRollover_NoSignInFails()
    {
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        var before = _sp.IdentityProvider;
        _idp.AnnounceKey();
        await _sp.ReadMetadataAsync(_idp.EntityId);
        _sp.IdentityProvider.SigningCertificates.Count.ShouldBe(2);
        MetadataChanges.Between(before, _sp.IdentityProvider).IsCertificateRollover.ShouldBeTrue();
        (await SignedBy()).ShouldBe(before.SigningCertificates[0].Fingerprint);

        // It signs with the new key; ours still has the metadata that names both.
        _idp.SwitchKey();
        var now = await SignedBy();
        now.ShouldNotBe(before.SigningCertificates[0].Fingerprint);
        _sp.IdentityProvider.SigningCertificates.Select(certificate => certificate.Fingerprint).ShouldContain(now);

        // Who has only the old one is told so.
        _sp.IdentityProvider = before;
        var request = TestServiceProvider.Ask();
        Refused(_sp.Take(await _sp.SignInAsync(browser, request, SamlBinding.HttpRedirect, "s"), request), SamlErrorCode.SignatureUntrusted);

        async Task<string> SignedBy()
        {
            var request = TestServiceProvider.Ask();
            return _sp.Accept(await _sp.SignInAsync(browser, request, SamlBinding.HttpRedirect, "s"), request, "s").SignedBy.Fingerprint;
        }
    }

    [Fact]
    public async Task IdpInitiated_IsRefusedUnlessAllowed()
    {
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        var arrival = await browser.OpenAsync(_idp.BeginAtProvider(_sp.Self.EntityId, "/reports"));

        Refused(_sp.Take(arrival, null), SamlErrorCode.Unsolicited);
        Refused(_sp.Take(arrival, TestServiceProvider.Ask()), SamlErrorCode.WrongInResponseTo);
        var open = new TestServiceProvider("sspphp") { IdentityProvider = _sp.IdentityProvider, Rules = new() { AllowUnsolicited = true } };
        open.Accept(arrival, null, "/reports").InResponseTo.ShouldBeNull();
    }

    [Theory]
    [InlineData(SamlBinding.HttpRedirect)]
    [InlineData(SamlBinding.HttpPost)]
    public async Task LogoutFromHere_EndsItsSession(SamlBinding binding)
    {
        _idp.Register(_sp.Registration with { LogoutBinding = Uri(binding) });
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        var assertion = await SignInAsync(browser);
        var logout = new LogoutRequest { Id = MessageId.Next(), IssueInstant = TestServiceProvider.Now, NameId = assertion.NameId, SessionIndex = assertion.SessionIndex };

        var arrival = await TestServiceProvider.Go(browser, logout.Send(_sp.Self, SamlIdentityProvider.Choose(_sp.IdentityProvider.SingleLogout, binding)!, "bye"));

        TestServiceProvider.Message(arrival).RelayState.ShouldBe("bye");
        TestServiceProvider.Message(arrival).Binding.ShouldBe(binding);
        _sp.Logout.VerifyResponse(TestServiceProvider.Message(arrival), logout.Id, TestServiceProvider.Now).ShouldBe(new LogoutResponseResult.Verified(LogoutOutcome.Success));
        await SignInAsync(browser);
        browser.SignIns.ShouldBe(2);
    }

    [Theory]
    [InlineData(SamlBinding.HttpRedirect)]
    [InlineData(SamlBinding.HttpPost)]
    public async Task LogoutFromThere_IsUnderstoodAndAnswered(SamlBinding binding)
    {
        _idp.Register(_sp.Registration with { LogoutBinding = Uri(binding) });
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        var assertion = await SignInAsync(browser);

        var arrival = await browser.OpenAsync(_idp.LogOutAtProvider());

        var message = TestServiceProvider.Message(arrival);
        message.Binding.ShouldBe(binding);
        var result = _sp.Logout.VerifyRequest(message, TestServiceProvider.Now);
        var request = result.ShouldBeOfType<LogoutRequestResult.Verified>((result as LogoutRequestResult.Refused)?.Error.ToString()).Request;
        request.NameId.Value.ShouldBe(assertion.NameId.Value);
        request.SessionIndexes.ShouldBe([assertion.SessionIndex!]);

        var answer = new LogoutResponse { Id = MessageId.Next(), IssueInstant = TestServiceProvider.Now, InResponseTo = request.Id };
        var end = await TestServiceProvider.Go(browser, answer.Send(_sp.Self, SamlIdentityProvider.Choose(_sp.IdentityProvider.SingleLogout, binding)!, message.RelayState));
        end.Url.AbsolutePath.ShouldBe("/logout.php", end.Page);
        await SignInAsync(browser);
        browser.SignIns.ShouldBe(2);
    }

    private async Task<VerifiedSamlAssertion> SignInAsync(SamlBrowser browser)
    {
        var request = TestServiceProvider.Ask();
        return _sp.Accept(await _sp.SignInAsync(browser, request, SamlBinding.HttpRedirect, "s"), request, "s");
    }

    private static string Uri(SamlBinding binding) => $"urn:oasis:names:tc:SAML:2.0:bindings:{(binding is SamlBinding.HttpPost ? "HTTP-POST" : "HTTP-Redirect")}";

    private static void Refused(SamlResponseResult result, SamlErrorCode code) => result.ShouldBeOfType<SamlResponseResult.Refused>().Error.Code.ShouldBe(code);
}
