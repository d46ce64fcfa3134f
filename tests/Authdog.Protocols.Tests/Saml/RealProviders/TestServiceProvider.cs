using System.Globalization;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Logout;
using Authdog.Protocols.Saml.Metadata;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;
using Authdog.Protocols.Saml.Responses;
using Authdog.Protocols.Tests.Saml.Hosting;
using Authdog.TestKit.Saml;

namespace Authdog.Protocols.Tests.Saml.RealProviders;

/// <summary>The service provider's part of the journeys: what the gateway's pages do with the library, in a few lines and with the real clock.</summary>
internal sealed class TestServiceProvider(string name)
{
    public const string Root = "https://sp.example.test/";

    public SamlServiceProvider Self { get; } = new()
    {
        EntityId = $"{Root}{name}/metadata",
        AssertionConsumerService = $"{Root}{name}/acs",
        SingleLogoutService = $"{Root}{name}/slo",
        SigningKeys = [TestKeys.SpSigning],
        DecryptionKeys = [TestKeys.SpDecryption],
    };

    public SamlResponseRules Rules { get; init; } = new();

    public SamlIdentityProvider IdentityProvider { get; set; } = null!;

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public SamlServiceRegistration Registration => new(Self.EntityId, Self.AssertionConsumerService, Self.SingleLogoutService!) { SigningCertificates = [TestKeys.SpSigning.CertificateBase64] };

    /// <summary>Reads what the identity provider says of itself.</summary>
    public async Task ReadMetadataAsync(string url) => IdentityProvider = (await FetchMetadataAsync(url)).IdentityProvider;

    public static async Task<IdentityProviderMetadata> FetchMetadataAsync(string url)
    {
        using var client = new HttpClient();
        var result = IdentityProviderMetadataReader.Read(await client.GetByteArrayAsync(new Uri(url)), new() { AllowHttp = true }, Now);
        return result.ShouldBeOfType<IdentityProviderMetadataResult.Read>((result as IdentityProviderMetadataResult.Refused)?.Errors[0].ToString()).Metadata;
    }

    public static AuthnRequest Ask() => new() { Id = MessageId.Next(), IssueInstant = Now };

    public async Task<SamlArrival> SignInAsync(SamlBrowser browser, AuthnRequest request, SamlBinding binding, string state, bool isSigned = true)
    {
        var message = request.Send(Self, SamlIdentityProvider.Choose(IdentityProvider.SingleSignOn, binding)!, state, isSigned);
        message.Binding.ShouldBe(binding);
        return await Go(browser, message);
    }

    public static Task<SamlArrival> Go(SamlBrowser browser, OutgoingMessage message) =>
        message.Binding is SamlBinding.HttpPost ? browser.PostAsync(message.Url, message.Fields) : browser.OpenAsync(message.Url);

    public SamlResponseResult Take(SamlArrival arrival, AuthnRequest? request)
    {
        arrival.Page.ShouldBeNull();
        arrival.Url.AbsoluteUri.ShouldBe(Self.AssertionConsumerService);
        return new SamlResponseVerifier(Self, IdentityProvider, Rules).Verify(Message(arrival), request?.Outstanding, Now);
    }

    public VerifiedSamlAssertion Accept(SamlArrival arrival, AuthnRequest? request, string state)
    {
        Message(arrival).RelayState.ShouldBe(state);
        var result = Take(arrival, request);
        result.ShouldBeOfType<SamlResponseResult.Verified>((result as SamlResponseResult.Refused)?.Error.ToString()).Assertion.TryRedeem(true, out var assertion, out _).ShouldBeTrue();
        return assertion!;
    }

    public LogoutVerifier Logout => new(Self, IdentityProvider, TimeSpan.FromMinutes(1));

    public static ReceivedMessage Message(SamlArrival arrival)
    {
        arrival.Page.ShouldBeNull();
        var result = arrival.Fields is { } fields ? MessageReceiver.FromForm(fields) : MessageReceiver.FromQuery(arrival.Url.Query);
        return result.ShouldBeOfType<ReceivedMessageResult.Received>((result as ReceivedMessageResult.Refused)?.Error.ToString()).Message;
    }

    public static string Text(SamlArrival arrival) => string.Create(CultureInfo.InvariantCulture, $"{System.Text.Encoding.UTF8.GetString(Message(arrival).Xml.Span)}");
}
