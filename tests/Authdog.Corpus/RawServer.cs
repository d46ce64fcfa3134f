using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Authdog.Corpus;

/// <summary>An app that sees requests as bytes, keeps connections open, and answers what it is told to.</summary>
public sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<string, string> _answer;
    private readonly CancellationTokenSource _stopping = new();

    /// <param name="answer">From the request's head to the answer's body.</param>
    /// <param name="port">Where to listen; 0 for a free port.</param>
    public RawServer(Func<string, string> answer, int port = 0)
    {
        _answer = answer;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start(1024);
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        Completion = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>Ends with the server.</summary>
    public Task Completion { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
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
        tcp.NoDelay = true;
        var stream = tcp.GetStream();
        var requests = new HttpHead(stream);
        try
        {
            while (await requests.ReadAsync(_stopping.Token) is { } head)
            {
                await requests.ReadBodyAsync(head, _stopping.Token);
                var body = _answer(head);
                var bodyToSend = head.StartsWith("HEAD ", StringComparison.Ordinal) ? string.Empty : body;
                await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{bodyToSend}"), _stopping.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or FormatException or ObjectDisposedException)
        {
        }
    }
}
