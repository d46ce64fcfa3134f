using System.Globalization;
using System.Text;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>Cuts a byte stream into HTTP/1.1 messages by the strict rules alone; every byte is kept as a Latin-1 character.</summary>
internal sealed class WireStream(Stream stream)
{
    private readonly StringBuilder _ahead = new();
    private readonly byte[] _buffer = new byte[8192];

    /// <summary>What has arrived and belongs to no message yet.</summary>
    public string Ahead => _ahead.ToString();

    /// <summary>The next head without its empty line; null at the end of the stream.</summary>
    public Task<string?> ReadHeadAsync(CancellationToken cancellationToken) => ReadThroughAsync("\r\n\r\n", cancellationToken);

    /// <summary>The body that a head announces, with its framing; null when the stream ends before it.</summary>
    public async Task<string?> ReadBodyAsync(string head, CancellationToken cancellationToken)
    {
        if (Header(head, "Transfer-Encoding") is not null)
        {
            return await ReadChunksAsync(cancellationToken);
        }

        return Header(head, "Content-Length") is { } length
            ? await ReadAsync(int.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture), cancellationToken)
            : string.Empty;
    }

    private async Task<string?> ReadAsync(int count, CancellationToken cancellationToken)
    {
        while (_ahead.Length < count)
        {
            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }

        return Take(count);
    }

    private async Task<string?> ReadChunksAsync(CancellationToken cancellationToken)
    {
        var body = new StringBuilder();
        while (await ReadThroughAsync("\r\n", cancellationToken) is { } size)
        {
            body.Append(size).Append("\r\n");
            var length = int.Parse(size.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (await ReadAsync(length + 2, cancellationToken) is not { } chunk)
            {
                return null;
            }

            body.Append(chunk);
            if (length == 0)
            {
                return body.ToString();
            }
        }

        return null;
    }

    private async Task<string?> ReadThroughAsync(string end, CancellationToken cancellationToken)
    {
        int found;
        while ((found = Ahead.IndexOf(end, StringComparison.Ordinal)) < 0)
        {
            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }

        var text = Take(found);
        Take(end.Length);
        return text;
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        var read = await stream.ReadAsync(_buffer, cancellationToken);
        _ahead.Append(Encoding.Latin1.GetString(_buffer, 0, read));
        return read > 0;
    }

    private string Take(int count)
    {
        var text = _ahead.ToString(0, count);
        _ahead.Remove(0, count);
        return text;
    }

    private static string? Header(string head, string name) => new WireRequest(0, head, string.Empty).Header(name);
}
