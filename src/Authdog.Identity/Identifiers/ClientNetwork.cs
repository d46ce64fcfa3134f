using System.Net;
using System.Net.Sockets;

namespace Authdog.Identity.Identifiers;

/// <summary>What counts as one client by its address, where no account says more.</summary>
public static class ClientNetwork
{
    /// <summary>The client's network: an IPv4 address, or the /64 that an IPv6 client can choose from; <c>unknown</c> when the address is not known.</summary>
    public static string Of(IPAddress? address) => Of(address, bitsOfIPv4: 32, bitsOfIPv6: 64);

    /// <summary>The neighbourhood of a client: the /24 of an IPv4 address, or the /48 of an IPv6 address, which one provider usually gives to one customer or rents out together.</summary>
    public static string NeighbourhoodOf(IPAddress? address) => Of(address, bitsOfIPv4: 24, bitsOfIPv6: 48);

    private static string Of(IPAddress? address, int bitsOfIPv4, int bitsOfIPv6)
    {
        if (address is null)
        {
            return "unknown";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bits = plain.AddressFamily is AddressFamily.InterNetworkV6 ? bitsOfIPv6 : bitsOfIPv4;
        var bytes = plain.GetAddressBytes();
        if (bits == bytes.Length * 8)
        {
            return plain.ToString();
        }

        bytes.AsSpan(bits / 8).Clear();
        return new IPNetwork(new IPAddress(bytes), bits).ToString();
    }
}
