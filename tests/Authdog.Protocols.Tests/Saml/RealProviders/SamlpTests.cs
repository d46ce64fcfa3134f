using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Logout;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;
using Authdog.Protocols.Saml.Responses;
using Authdog.TestKit.Saml;

namespace Authdog.Protocols.Tests.Saml.RealProviders;

/// <summary>npm's samlp, with claims named as Entra ID names them, and encryption in GCM and CBC.</summary>
public sealed class SamlpTests(SamlpFixture fixture) : IClassFixture<SamlpFixture>
{
    private readonly SamlpServer _idp = fixture.Server;
    private readonly Dictionary<string, TestServiceProvider> _sps = fixture.ServiceProviders;

    [Fact]
    public async Task SignsIn_WhateverIsSignedAndEncrypted()
    {
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        foreach (var name in new[] { "assertion", "response", "both", "gcm128", "gcm256", "cbc128", "cbc256" })
        {
            foreach (var binding in new[] { SamlBinding.HttpRedirect, SamlBinding.HttpPost })
            {
                var assertion = await SignInAsync(browser, name, binding);
                assertion.NameId.Value.ShouldBe("ada", name);
                assertion.Values("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress").ShouldBe(["ada@example.com"]);
                assertion.Values("http://schemas.passportjs.com/groups").ShouldBe(["staff", "finance"]);
                assertion.IsEncrypted.ShouldBe(name.Contains("bc", StringComparison.Ordinal) || name.Contains("gcm", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task UnsignedRequest_IsRefusedByIt_WhenItDemandsOne()
    {
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        (await _sps["assertion"].SignInAsync(browser, TestServiceProvider.Ask(), SamlBinding.HttpRedirect, "s", isSigned: false)).Page!.ShouldStartWith("500");
    }

    [Fact]
    public async Task AnswerForOneConnection_IsRefusedByAnother()
    {
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        var request = TestServiceProvider.Ask();
        var arrival = await _sps["both"].SignInAsync(browser, request, SamlBinding.HttpRedirect, "s");
        new SamlResponseVerifier(_sps["open"].Self, _sps["open"].IdentityProvider, new()).Verify(TestServiceProvider.Message(arrival), request.Outstanding, TestServiceProvider.Now)
            .ShouldBeOfType<SamlResponseResult.Refused>().Error.Code.ShouldBe(SamlErrorCode.WrongDestination);
    }

    [Fact]
    public async Task IdpInitiated_IsRefusedUnlessAllowed()
    {
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        _sps["open"].Accept(await browser.OpenAsync(_idp.BeginAtProvider(_sps["open"].Self.EntityId, "/x")), null, "/x").InResponseTo.ShouldBeNull();
        _sps["both"].Take(await browser.OpenAsync(_idp.BeginAtProvider(_sps["both"].Self.EntityId, "/x")), null)
            .ShouldBeOfType<SamlResponseResult.Refused>().Error.Code.ShouldBe(SamlErrorCode.Unsolicited);
    }

    [Theory]
    [InlineData("open", SamlBinding.HttpRedirect)]
    [InlineData("post", SamlBinding.HttpPost)]
    public async Task LogoutFromHere_IsAnswered(string name, SamlBinding binding)
    {
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        var assertion = await SignInAsync(browser, name, SamlBinding.HttpRedirect);
        var sp = _sps[name];
        var logout = new LogoutRequest { Id = MessageId.Next(), IssueInstant = TestServiceProvider.Now, NameId = assertion.NameId, SessionIndex = assertion.SessionIndex };

        var arrival = await TestServiceProvider.Go(browser, logout.Send(sp.Self, SamlIdentityProvider.Choose(sp.IdentityProvider.SingleLogout, binding)!, "bye"));

        TestServiceProvider.Message(arrival).RelayState.ShouldBe("bye");
        sp.Logout.VerifyResponse(TestServiceProvider.Message(arrival), logout.Id, TestServiceProvider.Now).ShouldBe(new LogoutResponseResult.Verified(LogoutOutcome.Success));
    }

    [Theory]
    [InlineData("open", SamlBinding.HttpRedirect)]
    [InlineData("post", SamlBinding.HttpPost)]
    public async Task LogoutFromThere_IsUnderstoodAndAnswered(string name, SamlBinding binding)
    {
        using var browser = new SamlBrowser(TestServiceProvider.Root);
        var assertion = await SignInAsync(browser, name, SamlBinding.HttpRedirect);
        var sp = _sps[name];

        var arrival = await browser.OpenAsync(_idp.LogOutAtProvider());

        var message = TestServiceProvider.Message(arrival);
        message.Binding.ShouldBe(binding);
        var result = sp.Logout.VerifyRequest(message, TestServiceProvider.Now);
        var request = result.ShouldBeOfType<LogoutRequestResult.Verified>((result as LogoutRequestResult.Refused)?.Error.ToString()).Request;
        request.NameId.Value.ShouldBe("ada");
        request.SessionIndexes.ShouldBe([assertion.SessionIndex!]);
        var answer = new LogoutResponse { Id = MessageId.Next(), IssueInstant = TestServiceProvider.Now, InResponseTo = request.Id };
        (await TestServiceProvider.Go(browser, answer.Send(sp.Self, SamlIdentityProvider.Choose(sp.IdentityProvider.SingleLogout, binding)!, message.RelayState))).Page!.ShouldStartWith("200");
    }

    private async Task<VerifiedSamlAssertion> SignInAsync(SamlBrowser browser, string name, SamlBinding binding)
    {
        var request = TestServiceProvider.Ask();
        return _sps[name].Accept(await _sps[name].SignInAsync(browser, request, binding, "s"), request, "s");
    }
}
