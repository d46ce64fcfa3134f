using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Authdog.Gateway.Edge.Limits;

/// <summary>What counts as one client: an IPv4 address, or the /64 that a provider gives to one customer, who may use each address in it.</summary>
internal readonly record struct ClientNetwork(bool IsIPv6, ulong Prefix)
{
    public static ClientNetwork Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        plain.TryWriteBytes(bytes, out _);
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? new ClientNetwork(true, BinaryPrimitives.ReadUInt64BigEndian(bytes))
            : new ClientNetwork(false, BinaryPrimitives.ReadUInt32BigEndian(bytes));
    }
}
