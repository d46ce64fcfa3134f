using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Edge.Tls;

/// <summary>One gateway for the tests of a class.</summary>
public sealed class TlsFixture : IAsyncLifetime
{
    internal TlsGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await TlsGateway.StartAsync();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
