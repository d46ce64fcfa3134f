using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>Sends HTTP/2 frames as a test makes them (RFC 9113), without TLS, and tells how each stream ended.</summary>
internal sealed class FrameClient : IDisposable
{
    private const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, GoAway = 7;
    private const byte EndStream = 1, EndHeaders = 4, Ack = 1;
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(10);

    // The static table's entries for :status (RFC 7541, appendix A).
    private static readonly string[] s_statuses = ["200", "204", "206", "304", "400", "404", "500"];
    private readonly TcpClient _tcp = new();
    private int _stream = -1;

    private FrameClient()
    {
    }

    public static async Task<FrameClient> ConnectAsync(int port)
    {
        var client = new FrameClient();
        await client._tcp.ConnectAsync(IPAddress.Loopback, port);
        await client._tcp.GetStream().WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());

        // No dynamic table in the answers: they can be read without keeping one.
        await client.FrameAsync(Settings, 0, 0, [0, 1, 0, 0, 0, 0]);
        return client;
    }

    /// <summary>The fields of a sound GET, to be changed in one place.</summary>
    public static (string Name, string Value)[] Get(string path, params (string Name, string Value)[] further) =>
        [(":method", "GET"), (":scheme", "http"), (":authority", "localhost"), (":path", path), .. further];

    /// <summary>Opens a stream with these fields in their order; the body, when there is one, in a DATA frame that ends it.</summary>
    /// <returns>The status, <c>RST n</c> or <c>GOAWAY n</c> with the error code, or <c>closed</c>.</returns>
    public async Task<string> AskAsync((string Name, string Value)[] fields, string? body = null)
    {
        await OpenAsync(fields, ends: body is null);
        if (body is not null)
        {
            await FrameAsync(Data, EndStream, _stream, Encoding.Latin1.GetBytes(body));
        }

        return await OutcomeAsync();
    }

    /// <summary>Opens a stream with these fields.</summary>
    public Task OpenAsync((string Name, string Value)[] fields, bool ends)
    {
        _stream += 2;
        return FieldsAsync(fields, ends);
    }

    /// <summary>Ends the latest stream with trailers.</summary>
    public Task SendTrailersAsync(params (string Name, string Value)[] fields) => FieldsAsync(fields, ends: true);

    private Task FieldsAsync((string Name, string Value)[] fields, bool ends)
    {
        using var block = new MemoryStream();
        foreach (var (name, value) in fields)
        {
            // Literal without indexing, both as plain octets.
            block.WriteByte(0);
            WriteText(block, name);
            WriteText(block, value);
        }

        return FrameAsync(Headers, (byte)(EndHeaders | (ends ? EndStream : 0)), _stream, block.ToArray());
    }

    /// <summary>Sends DATA on the latest stream.</summary>
    public Task SendAsync(string body, bool ends) => FrameAsync(Data, ends ? EndStream : (byte)0, _stream, Encoding.Latin1.GetBytes(body));

    /// <summary>How the latest stream was answered.</summary>
    public async Task<string> OutcomeAsync()
    {
        using var bound = new CancellationTokenSource(s_bound);
        try
        {
            while (true)
            {
                var (type, flags, stream, payload) = await ReadAsync(bound.Token);
                switch (type)
                {
                    case Settings when (flags & Ack) == 0:
                        await FrameAsync(Settings, Ack, 0, []);
                        break;
                    case Headers when stream == _stream:
                        return Status(payload);
                    case Reset when stream == _stream:
                        return $"RST {BinaryPrimitives.ReadUInt32BigEndian(payload)}";
                    case GoAway:
                        return $"GOAWAY {BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4))}";
                }
            }
        }
        catch (Exception exception) when (exception is EndOfStreamException or IOException)
        {
            return "closed";
        }
    }

    public void Dispose() => _tcp.Dispose();

    private async Task<(byte Type, byte Flags, int Stream, byte[] Payload)> ReadAsync(CancellationToken cancellationToken)
    {
        var head = new byte[9];
        await _tcp.GetStream().ReadExactlyAsync(head, cancellationToken);
        var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
        await _tcp.GetStream().ReadExactlyAsync(payload, cancellationToken);
        return (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue, payload);
    }

    private Task FrameAsync(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        (frame[0], frame[1], frame[2]) = ((byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return _tcp.GetStream().WriteAsync(frame).AsTask();
    }

    // The status comes first, indexed or with the name indexed; before it, a change of the table's size.
    private static string Status(ReadOnlySpan<byte> block)
    {
        while ((block[0] & 0xE0) == 0x20)
        {
            block = block[1..];
        }

        return (block[0] & 0x80) != 0 ? s_statuses[(block[0] & 0x7F) - 8] : Encoding.ASCII.GetString(block.Slice(2, 3));
    }

    private static void WriteText(MemoryStream block, string text)
    {
        // A length below 127 is one octet (RFC 7541, section 5.1); no test needs more.
        text.Length.ShouldBeLessThan(127);
        block.WriteByte((byte)text.Length);
        block.Write(Encoding.Latin1.GetBytes(text));
    }
}
