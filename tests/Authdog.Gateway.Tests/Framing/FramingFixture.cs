using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Framing;

/// <summary>A gateway with a public route and one for members, both to the same upstream on the wire.</summary>
public sealed class FramingFixture : IAsyncLifetime
{
    internal WireUpstream Upstream { get; } = new();

    internal GatewayHost Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
        .PublicPolicy()
        .SignedInPolicy()
        .Policy("readers", "  - { name: everybody reads, effect: public, when: { method: GET } }\n  - { name: members, effect: allow }")
        .Policy("writers", "  - { name: everybody writes, effect: public, when: { method: POST } }\n  - { name: members, effect: allow }")
        .Route("app", "/{**all}", "open", Upstream.Url)
        .Route("members", "/members/{**all}", "members", Upstream.Url)
        .Route("readers", "/readers/{**all}", "readers", Upstream.Url)
        .Route("writers", "/writers/{**all}", "writers", Upstream.Url));

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Upstream.Dispose();
    }
}
