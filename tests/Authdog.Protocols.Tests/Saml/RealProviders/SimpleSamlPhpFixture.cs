using Authdog.TestKit.Saml;

namespace Authdog.Protocols.Tests.Saml.RealProviders;

/// <summary>One SimpleSAMLphp for a test class.</summary>
public sealed class SimpleSamlPhpFixture : IAsyncLifetime
{
    internal SimpleSamlPhpServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await SimpleSamlPhpServer.StartAsync();

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();
}
