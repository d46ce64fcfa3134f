using System.Net;
using System.Net.WebSockets;
using System.Text;
using Authdog.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Authdog.Gateway.Tests.Forwarding;

/// <summary>Silence in a stream is no failure. The clock of YARP's timeout cannot be moved, so the times are short: an ordinary request may be silent for a second, a stream for longer.</summary>
public sealed class StreamPatienceTests : IAsyncLifetime
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(2.5);
    private readonly SemaphoreSlim _proceed = new(0);
    private Upstream _upstream = null!;
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync(Map);
        _gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .SignedInPolicy()
            .Route("app", "/{**all}", "members", _upstream.Url, ("Cluster:HttpRequest:ActivityTimeout", "00:00:01"))
            .Route("hasty", "/hasty/{**all}", "members", _upstream.Url, ("Cluster:HttpRequest:ActivityTimeout", "00:00:01"), ("Metadata:Authdog:StreamIdleTimeout", "00:00:01")));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task EventStreamOutlivesASilence()
    {
        using var reader = await ReadEventsAsync("/events");
        (await reader.ReadLineAsync().WaitAsync(s_bound)).ShouldBe("data: first");
        await Task.Delay(s_silence);
        _proceed.Release();
        (await reader.ReadLineAsync().WaitAsync(s_bound)).ShouldBe("data: second");
    }

    [Fact]
    public async Task EventStreamEnds_WhenItIsSilentForLongerThanItsRouteAllows()
    {
        using var reader = await ReadEventsAsync("/hasty/events");
        (await reader.ReadLineAsync().WaitAsync(s_bound)).ShouldBe("data: first");
        await Should.ThrowAsync<IOException>(() => reader.ReadLineAsync().WaitAsync(s_bound));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WebSocketOutlivesASilence(bool overHttp2)
    {
        var (cookie, _) = await _gateway.SignInAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        if (overHttp2)
        {
            (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        }

        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        var port = (overHttp2 ? _gateway.Http2Url : _gateway.Url).Port;
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/socket"), client, CancellationToken.None).WaitAsync(s_bound);
        await Task.Delay(s_silence);
        await socket.SendAsync("still here"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(s_bound);
        Encoding.UTF8.GetString(buffer, 0, received.Count).ShouldBe("still here");
    }

    [Fact]
    public async Task OrdinaryRequestStillEndsWithAnAnswer()
    {
        var (cookie, _) = await _gateway.SignInAsync();
        using var answer = await _gateway.GetAsync("/hang", $"Cookie: {cookie}").WaitAsync(s_bound);
        answer.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("upstream-timeout");
    }

    private async Task<StreamReader> ReadEventsAsync(string path)
    {
        var (cookie, _) = await _gateway.SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Cookie", cookie }, { "Accept", "text/event-stream" } } };
        var answer = await _gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }

    private void Map(WebApplication app)
    {
        app.MapGet("/events", EventsAsync);
        app.MapGet("/hasty/events", EventsAsync);
        app.MapGet("/hang", async (HttpContext context) => await Task.Delay(s_bound, context.RequestAborted));
        app.Map("/socket", async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[64];
            var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        });
    }

    private async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync("data: first\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await _proceed.WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync("data: second\n", context.RequestAborted);
    }
}
