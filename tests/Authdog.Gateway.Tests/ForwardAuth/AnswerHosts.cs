using Authdog.Gateway.ForwardAuth;

namespace Authdog.Gateway.Tests.ForwardAuth;

/// <summary>One gateway for each proxy.</summary>
public sealed class AnswerHosts : IAsyncLifetime
{
    private readonly Dictionary<ForwardAuthProxy, ForwardAuthHost> _hosts = [];

    public async ValueTask InitializeAsync()
    {
        foreach (var proxy in Enum.GetValues<ForwardAuthProxy>())
        {
            _hosts[proxy] = await ForwardAuthHost.StartAsync(proxy);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await host.DisposeAsync();
        }
    }

    internal ForwardAuthHost Of(ForwardAuthProxy proxy) => _hosts[proxy];
}
