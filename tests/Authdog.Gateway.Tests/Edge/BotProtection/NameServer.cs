using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Authdog.Gateway.Tests.Edge.BotProtection;

/// <summary>A name server on loopback that answers what it was told (RFC 1035), and refuses the rest.</summary>
internal sealed class NameServer : IDisposable
{
    private const ushort A = 1;
    private const ushort Ptr = 12;
    private readonly UdpClient _udp = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Dictionary<(string Name, ushort Type), byte[]> _records = new();
    private readonly CancellationTokenSource _stopping = new();

    public NameServer() => _ = AnswerAsync();

    public string Address => _udp.Client.LocalEndPoint!.ToString()!;

    /// <summary>Reverse name of an IPv4 address.</summary>
    public NameServer Reverse(string address, string name)
    {
        _records[(string.Join('.', address.Split('.').Reverse()) + ".in-addr.arpa", Ptr)] = Encode(name);
        return this;
    }

    /// <summary>Address of a name.</summary>
    public NameServer Host(string name, string address)
    {
        _records[(name, A)] = IPAddress.Parse(address).GetAddressBytes();
        return this;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _udp.Dispose();
        _stopping.Dispose();
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var asked = await _udp.ReceiveAsync(_stopping.Token);
                await _udp.SendAsync(Answer(asked.Buffer), asked.RemoteEndPoint, _stopping.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Stopped.
        }
    }

    private byte[] Answer(byte[] query)
    {
        List<string> labels = [];
        var at = 12;
        while (query[at] != 0)
        {
            labels.Add(Encoding.ASCII.GetString(query, at + 1, query[at]));
            at += query[at] + 1;
        }

        var type = BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(at + 1));
        var end = at + 5;
        var found = _records.GetValueOrDefault((string.Join('.', labels), type));
        byte[] head = [query[0], query[1], 0x81, (byte)(found is null ? 0x83 : 0x80), 0, 1, 0, (byte)(found is null ? 0 : 1), 0, 0, 0, 0];
        byte[] answer = found is null ? [] : [0xc0, 12, (byte)(type >> 8), (byte)type, 0, 1, 0, 0, 0, 60, (byte)(found.Length >> 8), (byte)found.Length, .. found];
        return [.. head, .. query[12..end], .. answer];
    }

    private static byte[] Encode(string name) => [.. name.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];
}
