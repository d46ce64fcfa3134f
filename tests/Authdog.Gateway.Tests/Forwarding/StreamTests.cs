using System.Net;
using System.Net.WebSockets;
using System.Text;
using Authdog.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Tests.Forwarding;

/// <summary>What streams passes through unharmed, in both directions and to both ends.</summary>
public sealed class StreamTests : IAsyncLifetime
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _proceed = new(0);
    private readonly SemaphoreSlim _reached = new(0);
    private readonly SemaphoreSlim _aborted = new(0);
    private readonly TaskCompletionSource<string> _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Upstream _upstream = null!;
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync(Map);
        _gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .PublicPolicy()
            .SignedInPolicy()
            .Route("app", "/{**all}", "open", _upstream.Url)
            .Route("members", "/members/{**all}", "members", _upstream.Url, ("Transforms:0:PathRemovePrefix", "/members"))
            .Route("h2", "/h2/{**all}", "open", _upstream.Http2Url, ("Cluster:HttpRequest:Version", "2"), ("Cluster:HttpRequest:VersionPolicy", "RequestVersionExact")));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task WebSocketEchoesAndCloses()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_gateway.Url.Port}/socket"), CancellationToken.None);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Encoding.UTF8.GetString(buffer, 0, received.Count).ShouldBe("echo hello");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
        socket.CloseStatusDescription.ShouldBe("seen bye");
    }

    [Fact]
    public async Task WebSocketOpens_OnlyForWhoIsSignedIn()
    {
        var address = new Uri($"ws://127.0.0.1:{_gateway.Url.Port}/members/socket");
        using var stranger = new ClientWebSocket();
        stranger.Options.CollectHttpResponseDetails = true;
        await Should.ThrowAsync<WebSocketException>(() => stranger.ConnectAsync(address, CancellationToken.None));
        stranger.HttpStatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _upstream.Requests.ShouldBe(0);

        var (cookie, _) = await _gateway.SignInAsync();
        using var member = new ClientWebSocket();
        member.Options.SetRequestHeader("Cookie", cookie);
        await member.ConnectAsync(address, CancellationToken.None);
        await member.SendAsync("hi"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[64];
        var received = await member.ReceiveAsync(buffer, CancellationToken.None);
        Encoding.UTF8.GetString(buffer, 0, received.Count).ShouldBe("echo hi");
        await member.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    [Fact]
    public async Task ServerSentEventsArriveOneByOne()
    {
        using var response = await _gateway.Client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var i = 1; i <= 3; i++)
        {
            // The app sends the next event only after this one has been read here.
            (await reader.ReadLineAsync().WaitAsync(s_bound)).ShouldBe($"data: {i}");
            (await reader.ReadLineAsync().WaitAsync(s_bound)).ShouldBe(string.Empty);
            _proceed.Release();
        }

        (await reader.ReadLineAsync().WaitAsync(s_bound)).ShouldBeNull();
    }

    [Fact]
    public async Task ContinueComesFromTheApp_BeforeTheBodyIsSent()
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync("POST /length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        (await client.ReadUntilAsync("\r\n\r\n")).ShouldStartWith("HTTP/1.1 100");
        await client.SendAsync("12345");
        (await client.ReadToEndAsync()).ShouldContain("\r\n\r\n1\r\n5\r\n");
    }

    [Fact]
    public async Task TrailersArrive_OnHttp2()
    {
        using var client = new HttpClient { BaseAddress = _gateway.Http2Url, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await client.GetAsync("/h2/trailers");
        (await response.Content.ReadAsStringAsync()).ShouldBe("body");
        response.TrailingHeaders.GetValues("X-Checksum").ShouldBe(["abc"]);
        response.TrailingHeaders.Contains("Set-Cookie").ShouldBeFalse();
        response.TrailingHeaders.Contains("X-Authdog-User").ShouldBeFalse();
    }

    [Fact]
    [Trait("Threat", "B19")]
    public async Task TrailersOfARequestStayOut_OnHttp2ToBothSides()
    {
        using var client = await FrameClient.ConnectAsync(_gateway.Http2Url.Port);
        await client.OpenAsync([(":method", "POST"), .. FrameClient.Get("/h2/take")[1..]], ends: false);
        await client.SendAsync("12345", ends: false);
        await client.SendTrailersAsync(("x-authdog-user", "evil"), ("x-checksum", "abc"));
        await client.OutcomeAsync();
        (await _taken.Task.WaitAsync(s_bound)).ShouldBe("HTTP/2 12345 []");
    }

    [Fact]
    public async Task AppLearnsThatTheClientLeft()
    {
        using (var client = await RawClient.ConnectAsync(_gateway.Url.Port))
        {
            await client.SendAsync("GET /hang HTTP/1.1\r\nHost: localhost\r\n\r\n");
            (await _reached.WaitAsync(s_bound)).ShouldBeTrue();
        }

        (await _aborted.WaitAsync(s_bound)).ShouldBeTrue("the app still waits");
    }

    [Fact]
    public async Task ClientLearnsThatTheAppBroke_InsteadOfTakingHalfForWhole()
    {
        using var response = await _gateway.Client.GetAsync("/break", HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _proceed.Release();
        await Should.ThrowAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync().WaitAsync(s_bound));
    }

    private void Map(WebApplication app)
    {
        app.Map("/socket", async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[64];
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseAsync(socket.CloseStatus!.Value, $"seen {socket.CloseStatusDescription}", context.RequestAborted);
                    return;
                }

                await socket.SendAsync(Encoding.UTF8.GetBytes($"echo {Encoding.UTF8.GetString(buffer, 0, received.Count)}"), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
            }
        });
        app.MapGet("/events", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            for (var i = 1; i <= 3; i++)
            {
                await context.Response.WriteAsync($"data: {i}\n\n", context.RequestAborted);
                await _proceed.WaitAsync(context.RequestAborted);
            }
        });
        app.MapPost("/length", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            await context.Response.WriteAsync(body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), context.RequestAborted);
        });
        app.MapGet("/h2/trailers", async (HttpContext context) =>
        {
            context.Response.DeclareTrailer("X-Checksum");
            await context.Response.WriteAsync("body", context.RequestAborted);
            context.Response.AppendTrailer("X-Checksum", "abc");
            context.Response.AppendTrailer("Set-Cookie", "authdog=evil");
            context.Response.AppendTrailer("X-Authdog-User", "evil");
        });
        app.MapPost("/h2/take", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            var further = context.Features.GetRequiredFeature<IHttpRequestTrailersFeature>().Trailers.Select(field => field.Key)
                .Concat(context.Request.Headers.Keys.Where(name => name.Contains("authdog", StringComparison.OrdinalIgnoreCase)));
            _taken.TrySetResult($"{context.Request.Protocol} {body} [{string.Join(',', further)}]");
        });
        app.MapGet("/hang", async (HttpContext context) =>
        {
            context.RequestAborted.Register(() => _aborted.Release());
            _reached.Release();
            await Task.Delay(s_bound, context.RequestAborted);
        });
        app.MapGet("/break", async (HttpContext context) =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("half", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await _proceed.WaitAsync(context.RequestAborted);
            context.Abort();
        });
    }
}
