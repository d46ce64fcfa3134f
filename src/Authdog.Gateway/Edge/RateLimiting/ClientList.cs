using System.Net;
using System.Net.Sockets;
using Authdog.Policies.Catalog;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>Clients by address, CIDR range, or the policies' networks files, whose changes are followed.</summary>
internal sealed class ClientList
{
    private readonly IPNetwork[] _ranges;
    private readonly PolicyCatalog _catalog;

    public ClientList(IEnumerable<string> entries, PolicyCatalog catalog)
    {
        var all = entries.ToArray();
        _catalog = catalog;
        Files = [.. all.Where(IsFile).Select(entry => entry[RateLimitingOptions.NetworkPrefix.Length..])];
        _ranges = [.. all.Where(entry => !IsFile(entry)).Select(Parse)];
    }

    public bool IsEmpty => _ranges.Length == 0 && Files.Length == 0;

    /// <summary>Names of the networks files.</summary>
    public string[] Files { get; }

    public bool Contains(IPAddress? address)
    {
        if (address is null || IsEmpty)
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_ranges, range => range.Contains(plain)) || Array.Exists(Files, file => _catalog.Current.IsIn(file, plain));
    }

    private static bool IsFile(string entry) => entry.StartsWith(RateLimitingOptions.NetworkPrefix, StringComparison.Ordinal);

    private static IPNetwork Parse(string entry) => IPAddress.TryParse(entry, out var address)
        ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
        : IPNetwork.Parse(entry);
}
