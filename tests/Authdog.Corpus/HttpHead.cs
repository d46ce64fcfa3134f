using System.Net.Sockets;
using System.Text;

namespace Authdog.Corpus;

/// <summary>Reads messages off a socket, one at a time, each byte as one character. Bodies are read by Content-Length or in chunks.</summary>
public sealed class HttpHead(Stream stream)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next message's head with its final blank line; null when the connection is over.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancel)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8);
            if (length >= 0)
            {
                var head = Encoding.Latin1.GetString(_buffer, _start, length + 4);
                _start += length + 4;
                return head;
            }

            if (!await FillAsync(cancel))
            {
                return null;
            }
        }
    }

    /// <summary>The body that a head announces.</summary>
    public async Task<string> ReadBodyAsync(string head, CancellationToken cancel)
    {
        if (Field(head, "Transfer-Encoding") is { } coding && coding.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            var body = new StringBuilder();
            while (true)
            {
                var size = Convert.ToInt32((await ReadLineAsync(cancel)).Split(';')[0].Trim(), 16);
                if (size == 0)
                {
                    while ((await ReadLineAsync(cancel)).Length > 0)
                    {
                    }

                    return body.ToString();
                }

                body.Append(await TakeAsync(size, cancel));
                await ReadLineAsync(cancel);
            }
        }

        return Field(head, "Content-Length") is { } length ? await TakeAsync(int.Parse(length, System.Globalization.CultureInfo.InvariantCulture), cancel) : string.Empty;
    }

    /// <summary>A field's first value.</summary>
    public static string? Field(string head, string name)
    {
        var at = head.IndexOf("\r\n" + name + ":", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var start = at + name.Length + 3;
        return head[start..head.IndexOf("\r\n", start, StringComparison.Ordinal)].Trim();
    }

    private async Task<string> ReadLineAsync(CancellationToken cancel)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (length >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _start, length);
                _start += length + 2;
                return line;
            }

            if (!await FillAsync(cancel))
            {
                throw new IOException("The message ended early.");
            }
        }
    }

    private async Task<string> TakeAsync(int count, CancellationToken cancel)
    {
        var text = new StringBuilder(count);
        while (count > 0)
        {
            if (_start == _end && !await FillAsync(cancel))
            {
                throw new IOException("The message ended early.");
            }

            var take = Math.Min(count, _end - _start);
            text.Append(Encoding.Latin1.GetString(_buffer, _start, take));
            _start += take;
            count -= take;
        }

        return text.ToString();
    }

    private async Task<bool> FillAsync(CancellationToken cancel)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            throw new IOException("The head is too large.");
        }

        try
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancel);
            _end += read;
            return read > 0;
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
