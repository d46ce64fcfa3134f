using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Authdog.TestKit.Dns;

/// <summary>A name server on a loopback port that knows the records it is told (RFC 1035, over UDP).</summary>
public sealed class DnsServer : IAsyncDisposable
{
    private const int HeaderLength = 12;
    private const int LongestString = 255;
    private const ushort A = 1;
    private const ushort Ptr = 12;
    private const ushort Txt = 16;

    // By name, and then by type, what the records say.
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<ushort, byte[][]>> _records = new(StringComparer.OrdinalIgnoreCase);
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;
    private int _questions;

    private DnsServer() => _serving = ServeAsync();

    /// <summary>Where it listens, as a setting.</summary>
    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    /// <summary>How many questions came.</summary>
    public int Questions => Volatile.Read(ref _questions);

    /// <summary>Status of every answer: 0 none, 2 for a server that fails. Names that are not there get 3 by themselves.</summary>
    public int Status { get; set; }

    /// <summary>Whether it hears and never answers.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Starts one.</summary>
    public static DnsServer Start() => new();

    /// <summary>Replaces the TXT records of a name.</summary>
    public void Set(string name, params string[] texts) => Set(name, Txt, [.. texts.Select(Strings)]);

    /// <summary>The address of a name.</summary>
    public void SetAddress(string name, string address) => Set(name, A, [IPAddress.Parse(address).GetAddressBytes()]);

    /// <summary>The name of an IPv4 address.</summary>
    public void SetReverse(string address, string name) => Set(string.Join('.', address.Split('.').Reverse()) + ".in-addr.arpa", Ptr, [Name(name)]);

    /// <summary>Forgets a name.</summary>
    public void Remove(string name) => _records.TryRemove(name, out _);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var question = await _socket.ReceiveAsync(_stopping.Token);
                Interlocked.Increment(ref _questions);
                if (!IsSilent && Answer(question.Buffer) is { } answer)
                {
                    await _socket.SendAsync(answer, question.RemoteEndPoint, _stopping.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is stopped.
        }
    }

    private void Set(string name, ushort type, byte[][] records) => _records.GetOrAdd(name, static _ => new())[type] = records;

    private static byte[] Name(string name) => [.. name.Split('.').SelectMany(static label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];

    private static byte[] Strings(string text) => [.. Encoding.UTF8.GetBytes(text).Chunk(LongestString).SelectMany(static part => part.Prepend((byte)part.Length))];

    private byte[]? Answer(byte[] message)
    {
        var at = HeaderLength;
        List<string> labels = [];
        while (at < message.Length && message[at] is > 0 and < 64 and var length && at + 1 + length < message.Length)
        {
            labels.Add(Encoding.ASCII.GetString(message, at + 1, length));
            at += 1 + length;
        }

        var end = at + 5;
        if (labels.Count == 0 || end > message.Length)
        {
            return null;
        }

        var known = _records.TryGetValue(string.Join('.', labels), out var records);
        var type = BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(at + 1));
        byte[][] told = Status == 0 && known && records!.TryGetValue(type, out var found) ? found : [];
        using var answer = new MemoryStream();
        answer.Write(message.AsSpan(0, 2));
        answer.Write([0x81, (byte)(0x80 | (Status != 0 ? Status : known ? 0 : 3)), 0, 1, (byte)(told.Length >> 8), (byte)told.Length, 0, 0, 0, 0]);
        answer.Write(message.AsSpan(HeaderLength, end - HeaderLength));
        foreach (var record in told)
        {
            answer.Write([0xC0, HeaderLength, 0, (byte)type, 0, 1, 0, 0, 0, 60, (byte)(record.Length >> 8), (byte)record.Length, .. record]);
        }

        return answer.ToArray();
    }
}
