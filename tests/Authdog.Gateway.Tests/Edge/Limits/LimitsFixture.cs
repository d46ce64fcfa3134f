using System.Net.WebSockets;
using Authdog.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Edge.Limits;

/// <summary>A gateway whose times are short, so that tests see them pass; counts and sizes are the defaults.</summary>
public sealed class LimitsFixture : IAsyncLifetime
{
    /// <summary>Longer than every time limit here.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    internal GatewayHost Gateway { get; private set; } = null!;

    internal Upstream Upstream { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Upstream = await Upstream.StartAsync(Map, services => services
            .Configure<KestrelServerOptions>(server =>
            {
                server.Limits.MaxRequestHeaderCount = 1000;
                server.Limits.MaxRequestHeadersTotalSize = 1024 * 1024;
                server.Limits.MaxRequestLineSize = 64 * 1024;
            })
            .AddGrpc());
        Gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .PublicPolicy()
            .Route("app", "/{**rest}", "open", Upstream.Url)
            .Route("small", "/small/{**rest}", "open", Upstream.Url, ("MaxRequestBodySize", "1000"))
            .Route("grpc", "/test.Echo/{**rest}", "open", Upstream.Http2Url, ("Cluster:HttpRequest:Version", "2"), ("Cluster:HttpRequest:VersionPolicy", "RequestVersionExact"))
            .Set("Gateway:Limits:HeaderTimeout", "00:00:01")
            .Set("Gateway:Limits:KeepAliveTimeout", "00:00:02")
            .Set("Gateway:Limits:SlowGrace", "00:00:02")
            .Set("Gateway:Limits:MinBytesPerSecond", "1000"));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private static void Map(WebApplication app)
    {
        app.MapGrpcService<EchoGrpc>();
        app.Map("/socket", async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[64];
            var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
        });
        app.MapGet("/events", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n", context.RequestAborted);
            await Task.Delay(Silence, context.RequestAborted);
            await context.Response.WriteAsync("data: 2\n\n", context.RequestAborted);
        });
        app.MapFallback(async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            return $"read {body.Length}";
        });
    }
}
