using Authdog.Protocols.Tests.Saml.Hosting;
using Authdog.TestKit.Saml;

namespace Authdog.Protocols.Tests.Saml.RealProviders;

/// <summary>One samlp for a test class, with a service provider for each way to sign and encrypt.</summary>
public sealed class SamlpFixture : IAsyncLifetime
{
    private const string Gcm = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
    private const string Cbc = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
    private const string Post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

    internal Dictionary<string, TestServiceProvider> ServiceProviders { get; } = new[] { "assertion", "response", "both", "gcm128", "gcm256", "cbc128", "cbc256", "open", "post" }
        .ToDictionary(name => name, name => new TestServiceProvider(name) { Rules = new() { AllowUnsolicited = name == "open" } }, StringComparer.Ordinal);

    internal SamlpServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var secret = TestKeys.SpDecryption.CertificateBase64;
        SamlServiceRegistration Of(string name) => ServiceProviders[name].Registration;
        Server = await SamlpServer.StartAsync(
            Of("assertion") with { RequireSignedRequests = true },
            Of("response") with { SignResponse = true, SignAssertion = false },
            Of("both") with { SignResponse = true },
            Of("gcm128") with { EncryptionCertificate = secret, EncryptionAlgorithm = Gcm.Replace("256", "128", StringComparison.Ordinal) },
            Of("gcm256") with { EncryptionCertificate = secret, EncryptionAlgorithm = Gcm, SignResponse = true },
            Of("cbc128") with { EncryptionCertificate = secret, EncryptionAlgorithm = Cbc.Replace("256", "128", StringComparison.Ordinal) },
            Of("cbc256") with { EncryptionCertificate = secret, EncryptionAlgorithm = Cbc, SignResponse = true },
            Of("open"),
            Of("post") with { LogoutBinding = Post });
        var metadata = await TestServiceProvider.FetchMetadataAsync(Server.MetadataUrl);
        metadata.IdentityProvider.EntityId.ShouldBe(SamlpServer.EntityId);
        foreach (var sp in ServiceProviders.Values)
        {
            sp.IdentityProvider = metadata.IdentityProvider;
        }
    }

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();
}
