using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>An upstream that reads what it gets strictly, keeps its connections open, and answers with whatever bytes a test wants.</summary>
internal sealed class WireUpstream : IDisposable
{
    /// <summary>The answer unless a test says otherwise.</summary>
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\nok";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private int _connections;

    public WireUpstream()
    {
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _ = AcceptAsync();
    }

    public string Url { get; }

    /// <summary>The requests that came whole, in their order.</summary>
    public ConcurrentQueue<WireRequest> Requests { get; } = new();

    /// <summary>Heads that came, also of requests whose body never ended.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    /// <summary>Bytes that were no request when their connection ended.</summary>
    public ConcurrentQueue<string> Rests { get; } = new();

    /// <summary>What to answer; null closes the connection.</summary>
    public Func<WireRequest, string?> Answer { get; set; } = _ => Ok;

    /// <summary>Whether to answer once the head is there, and only then read the body.</summary>
    public bool AnswersEarly { get; set; }

    /// <summary>How many connections were opened.</summary>
    public int Connections => _connections;

    /// <summary>Forgets what came, and answers as at the start.</summary>
    public void Reset()
    {
        Requests.Clear();
        Heads.Clear();
        Rests.Clear();
        (Answer, AnswersEarly) = (_ => Ok, false);
    }

    /// <summary>The one request received since the last call.</summary>
    public WireRequest Take()
    {
        Requests.TryDequeue(out var request).ShouldBeTrue("the upstream received nothing");
        Requests.ShouldBeEmpty();
        return request!;
    }

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
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token), Interlocked.Increment(ref _connections));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient tcp, int connection)
    {
        using var owned = tcp;
        tcp.NoDelay = true;
        var wire = new WireStream(tcp.GetStream());
        try
        {
            while (await wire.ReadHeadAsync(_stopping.Token) is { } head)
            {
                Heads.Enqueue(head);
                if (AnswersEarly && !await AnswerAsync(tcp, new WireRequest(connection, head, string.Empty)))
                {
                    return;
                }

                if (await wire.ReadBodyAsync(head, _stopping.Token) is not { } body)
                {
                    break;
                }

                var request = new WireRequest(connection, head, body);
                Requests.Enqueue(request);
                if (!AnswersEarly && !await AnswerAsync(tcp, request))
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
        }

        if (wire.Ahead.Length > 0)
        {
            Rests.Enqueue(wire.Ahead);
        }
    }

    private async Task<bool> AnswerAsync(TcpClient tcp, WireRequest request)
    {
        if (Answer(request) is not { } answer)
        {
            return false;
        }

        await tcp.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer), _stopping.Token);
        return true;
    }
}
