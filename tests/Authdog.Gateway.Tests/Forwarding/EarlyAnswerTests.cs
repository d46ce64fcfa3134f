using System.Net;
using System.Net.Sockets;
using System.Text;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Forwarding;

/// <summary>An app that refuses an upload before its end and closes the connection: its answer reaches the client, and the connection serves nobody else.</summary>
public sealed class EarlyAnswerTests : IAsyncLifetime
{
    private const int Upload = 16 * 1024 * 1024;
    private readonly TcpListener _app = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private GatewayHost _gateway = null!;
    private int _connections;

    public async ValueTask InitializeAsync()
    {
        _app.Start();
        _ = ServeAsync();
        _gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .PublicPolicy()
            .Route("app", "/{**rest}", "open", $"http://127.0.0.1:{((IPEndPoint)_app.LocalEndpoint).Port}"));
    }

    [Theory]
    [InlineData("1.1", true)]
    [InlineData("1.1", false)]
    [InlineData("2.0", true)]
    [InlineData("2.0", false)]
    public async Task EarlyAnswerArrives_WhenTheAppClosesDuringAnUpload(string version, bool saysLength)
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = version == "2.0" ? _gateway.Http2Url : _gateway.Url };
        for (var i = 1; i <= 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new StreamContent(new MemoryStream(new byte[Upload])) };
            request.Content.Headers.ContentLength = saysLength ? Upload : null;
            request.Headers.TransferEncodingChunked = saysLength || version == "2.0" ? null : true;
            using var answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
            (await answer.Content.ReadAsStringAsync()).ShouldBe("app: too big");
            _connections.ShouldBe(i);
        }
    }

    [Fact]
    public async Task AppThatClosesWithoutAnAnswer_IsStillAFailure()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/silent") { Content = new ByteArrayContent(new byte[Upload]) };
        using var answer = await _gateway.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _app.Dispose();
        await _gateway.DisposeAsync();
        _stopping.Dispose();
    }

    // Reads the head and some of the body, answers or not, and closes: what is unread then makes a reset.
    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _app.AcceptTcpClientAsync(_stopping.Token);
                Interlocked.Increment(ref _connections);
                var buffer = new byte[4096];
                var read = await client.GetStream().ReadAsync(buffer, _stopping.Token);
                if (!Encoding.ASCII.GetString(buffer, 0, read).StartsWith("POST /silent", StringComparison.Ordinal))
                {
                    await client.GetStream().WriteAsync("HTTP/1.1 413 Content Too Large\r\nContent-Length: 12\r\n\r\napp: too big"u8.ToArray(), _stopping.Token);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
        }
    }
}
