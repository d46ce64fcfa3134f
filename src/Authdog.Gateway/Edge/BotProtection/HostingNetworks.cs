using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.BotProtection;

/// <summary>Autonomous systems whose machines are rented: programs run there far more often than browsers.</summary>
internal sealed class HostingNetworks(IOptions<CrawlerOptions> options)
{
    private static readonly long[] s_wellKnown =
    [
        14618, 16509, // Amazon
        15169, 396982, // Google
        8075, // Microsoft
        31898, // Oracle
        13335, // Cloudflare
        14061, // DigitalOcean
        24940, 213230, // Hetzner
        16276, // OVH
        63949, // Linode
        20473, // Vultr
        12876, // Scaleway
        51167, // Contabo
        60781, 28753, // Leaseweb
        45102, 37963, // Alibaba
        132203, 45090, // Tencent
        9009, // M247
        36352, // ColoCrossing
        53667, // FranTech
        62567, // DigitalOcean
    ];

    private readonly FrozenSet<long> _all = s_wellKnown.Concat(options.Value.HostingNetworks).ToFrozenSet();

    /// <summary>Whether an autonomous system is one of them.</summary>
    public bool Contains(long asn) => _all.Contains(asn);
}
