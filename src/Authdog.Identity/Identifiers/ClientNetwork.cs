using System.Net;
using System.Net.Sockets;

namespace Authdog.Identity.Identifiers;

/// <summary>What counts as one client by its address: an IPv4 address, or the /64 that an IPv6 client can choose from.</summary>
public static class ClientNetwork
{
    /// <summary>The network as text; <c>unknown</c> when the address is not known.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily is AddressFamily.InterNetworkV6 ? new IPNetwork(new IPAddress([.. address.GetAddressBytes()[..8], 0, 0, 0, 0, 0, 0, 0, 0]), 64).ToString() : address.ToString();
    }
}
