using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>An upstream that keeps the request heads it received byte for byte, and answers each with the same text.</summary>
internal sealed class RawUpstream : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();

    public RawUpstream()
    {
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _ = AcceptAsync();
    }

    public string Url { get; }

    /// <summary>Everything received, one entry a connection's request head.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    /// <summary>Further header lines of the answer, each ending in CRLF.</summary>
    public string AnswerHeaders { get; set; } = string.Empty;

    /// <summary>The one head received since the last call.</summary>
    public string TakeHead()
    {
        Heads.TryDequeue(out var head).ShouldBeTrue("the upstream received nothing");
        Heads.ShouldBeEmpty();
        return head!;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient tcp)
    {
        using var owned = tcp;
        try
        {
            var text = new StringBuilder();
            var buffer = new byte[8192];
            int read;
            while ((read = await tcp.GetStream().ReadAsync(buffer, _stopping.Token)) > 0)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
                if (text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    break;
                }
            }

            if (text.Length == 0)
            {
                return;
            }

            // A body that follows is left unread: only heads are judged here.
            Heads.Enqueue(text.ToString());
            var answer = $"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\nConnection: close\r\n{AnswerHeaders}\r\nok";
            await tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer), _stopping.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
        }
    }
}
