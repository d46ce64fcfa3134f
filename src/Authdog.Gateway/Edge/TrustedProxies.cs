using System.Net;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge;

/// <summary>The proxies in front whose forwarding headers are believed (B4).</summary>
internal sealed class TrustedProxies
{
    private readonly IPNetwork[] _networks;

    public TrustedProxies(IOptions<GatewayOptions> options) =>
        _networks = [.. options.Value.TrustedProxies.Select(Parse)];

    public bool Any => _networks.Length > 0;

    public bool Contains(IPAddress? address)
    {
        if (address is null || _networks.Length == 0)
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in _networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }

    private static IPNetwork Parse(string text) =>
        IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)
            : IPNetwork.Parse(text);
}
