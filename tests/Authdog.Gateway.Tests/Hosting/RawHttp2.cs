using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>HTTP/2 frame by frame (RFC 9113), for what no client would send.</summary>
internal sealed class RawHttp2 : IDisposable
{
    public const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7;
    public const byte EndStream = 1, Ack = 1, EndHeaders = 4;

    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(10);
    private readonly Stream _stream;
    private int _nextStream = 1;

    private RawHttp2(Stream stream) => _stream = stream;

    /// <summary>Settings that the server announced.</summary>
    public Dictionary<int, uint> ServerSettings { get; } = [];

    public static async Task<RawHttp2> StartAsync(Stream stream)
    {
        var client = new RawHttp2(stream);
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());

        // No table of headers, so that each answer can be read by itself.
        await client.SendAsync(Settings, 0, 0, [0, 1, 0, 0, 0, 0]);
        var (type, _, _, payload) = await client.ReadAsync();
        type.ShouldBe(Settings);
        for (var i = 0; i + 6 <= payload.Length; i += 6)
        {
            client.ServerSettings[BinaryPrimitives.ReadUInt16BigEndian(payload.AsSpan(i))] = BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(i + 2));
        }

        await client.SendAsync(Settings, Ack, 0, []);
        return client;
    }

    /// <summary>A header block without compression: <c>:method GET</c>, scheme, path and authority, then fields.</summary>
    public static byte[] Block(string scheme, string authority, string path, params (string Name, string Value)[] fields)
    {
        using var block = new MemoryStream();
        block.WriteByte(0x82);
        block.WriteByte(scheme == "https" ? (byte)0x87 : (byte)0x86);
        Literal(block, ":path", path);
        Literal(block, ":authority", authority);
        foreach (var (name, value) in fields)
        {
            Literal(block, name, value);
        }

        return block.ToArray();
    }

    /// <summary>Opens a stream with a header block; returns its number.</summary>
    public async Task<int> OpenAsync(byte[] block, byte flags = EndStream | EndHeaders)
    {
        var stream = _nextStream;
        _nextStream += 2;
        await SendAsync(Headers, flags, stream, block);
        return stream;
    }

    public async Task SendAsync(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        frame[0] = (byte)(payload.Length >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), (ushort)payload.Length);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        await _stream.WriteAsync(frame);
    }

    /// <summary>The next frame; type 255 when the connection has ended.</summary>
    public async Task<(byte Type, byte Flags, int Stream, byte[] Payload)> ReadAsync()
    {
        using var bound = new CancellationTokenSource(s_bound);
        var head = new byte[9];
        try
        {
            await _stream.ReadExactlyAsync(head, bound.Token);
            var payload = new byte[(head[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(1))];
            await _stream.ReadExactlyAsync(payload, bound.Token);
            return (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
        }
        catch (IOException)
        {
            return (255, 0, 0, []);
        }
    }

    /// <summary>Asks and reads on to the end of the answer; 0 when the stream was reset or the connection ended.</summary>
    public async Task<int> GetStatusAsync(string scheme, string authority, string path = "/", params (string Name, string Value)[] fields)
    {
        var asked = await OpenAsync(Block(scheme, authority, path, fields));
        var status = 0;
        while (true)
        {
            var (type, flags, stream, payload) = await ReadAsync();
            if (type is 255 or GoAway || (type == Reset && stream == asked))
            {
                return 0;
            }

            if (type == Headers && stream == asked)
            {
                status = Status(payload);
            }

            if (stream == asked && type is Headers or Data && (flags & EndStream) != 0)
            {
                return status;
            }
        }
    }

    public void Dispose() => _stream.Dispose();

    // The static table has 200 at 8; Kestrel writes what is not in it as digits.
    private static int Status(byte[] block)
    {
        var at = 0;
        if ((block[0] & 0xe0) == 0x20)
        {
            // A change of the table's size, in one byte or more.
            at = 1;
            while ((block[0] & 0x1f) == 0x1f && (block[at++] & 0x80) != 0)
            {
            }
        }

        var index = block[at] - 0x80;
        return index is >= 8 and <= 14
            ? new[] { 200, 204, 206, 304, 400, 404, 500 }[index - 8]
            : int.TryParse(Encoding.ASCII.GetString(block, at + 2, 3), CultureInfo.InvariantCulture, out var status) ? status : throw new InvalidOperationException(Convert.ToHexString(block));
    }

    private static void Literal(MemoryStream block, string name, string value)
    {
        block.WriteByte(0x00);
        Text(block, name);
        Text(block, value);
    }

    private static void Text(MemoryStream block, string text)
    {
        var length = text.Length;
        if (length < 127)
        {
            block.WriteByte((byte)length);
        }
        else
        {
            block.WriteByte(127);
            for (length -= 127; length >= 128; length /= 128)
            {
                block.WriteByte((byte)((length % 128) + 128));
            }

            block.WriteByte((byte)length);
        }

        block.Write(Encoding.ASCII.GetBytes(text));
    }
}
