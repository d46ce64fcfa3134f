using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>Sends bytes as they are and shows the answer as it came: for what no HTTP client would send.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(10);
    private readonly TcpClient _tcp;
    private WireStream? _wire;

    private RawClient(TcpClient tcp) => (_tcp, Stream) = (tcp, tcp.GetStream());

    public NetworkStream Stream { get; }

    public static async Task<RawClient> ConnectAsync(int port)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        return new RawClient(tcp);
    }

    /// <summary>Sends one request (LF becomes CRLF) on a connection of its own and reads until the server closes it; without <c>close</c>, the answer's head.</summary>
    public static async Task<string> AskAsync(int port, string request)
    {
        using var client = await ConnectAsync(port);
        await client.SendAsync(request.ReplaceLineEndings("\r\n"));
        return request.Contains("close", StringComparison.Ordinal) ? await client.ReadToEndAsync() : await client.ReadUntilAsync("\r\n\r\n");
    }

    /// <summary>A request that asks the server to close afterwards.</summary>
    public static string Get(string target, params string[] headers) =>
        $"GET {target} HTTP/1.1\nHost: localhost\nConnection: close\n{string.Concat(headers.Select(header => header + "\n"))}\n";

    public Task SendAsync(string text) => Stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    public async Task<string> ReadToEndAsync()
    {
        using var bound = new CancellationTokenSource(s_bound);
        using var text = new MemoryStream();
        await Stream.CopyToAsync(text, bound.Token);
        return Encoding.Latin1.GetString(text.ToArray());
    }

    /// <summary>The next answer on this connection, head and body with its framing; null when the connection has ended.</summary>
    public async Task<string?> ReadAnswerAsync(bool hasBody = true)
    {
        using var bound = new CancellationTokenSource(s_bound);
        _wire ??= new WireStream(Stream);
        var head = await _wire.ReadHeadAsync(bound.Token);
        return head is null ? null : $"{head}\r\n\r\n{(hasBody ? await _wire.ReadBodyAsync(head, bound.Token) ?? "[cut off]" : null)}";
    }

    public async Task<string> ReadUntilAsync(string end)
    {
        using var bound = new CancellationTokenSource(s_bound);
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains(end, StringComparison.Ordinal))
        {
            var read = await Stream.ReadAsync(buffer, bound.Token);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    public void Dispose() => _tcp.Dispose();
}
