using System.Net.WebSockets;
using System.Text;
using Authdog.Gateway.Tests.Hosting;
using Grpc.Core;
using Grpc.Net.Client;

namespace Authdog.Gateway.Tests.Edge.Limits;

/// <summary>Streams may be silent for longer than every limit of time.</summary>
public sealed class SilentStreamTests(LimitsFixture fixture) : IClassFixture<LimitsFixture>
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(15);
    private readonly GatewayHost _gateway = fixture.Gateway;

    [Fact]
    public async Task SilentWebSocketStays()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_gateway.Url.Port}/socket"), CancellationToken.None);
        await Task.Delay(LimitsFixture.Silence);
        await socket.SendAsync("still here"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(s_bound);
        Encoding.UTF8.GetString(buffer, 0, received.Count).ShouldBe("still here");
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task SilentEventStreamStays(string version)
    {
        using var client = new HttpClient { BaseAddress = version == "2.0" ? _gateway.Http2Url : _gateway.Url, DefaultRequestVersion = new Version(version), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead);
        (await response.Content.ReadAsStringAsync().WaitAsync(s_bound)).ShouldBe("data: 1\n\ndata: 2\n\n");
    }

    [Fact]
    public async Task SilentGrpcStreamStays()
    {
        using var channel = GrpcChannel.ForAddress(_gateway.Http2Url);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(EchoGrpc.ChatMethod, null, default);
        await call.RequestStream.WriteAsync("one");
        (await call.ResponseStream.MoveNext().WaitAsync(s_bound)).ShouldBeTrue();
        await Task.Delay(LimitsFixture.Silence);
        await call.RequestStream.WriteAsync("two");
        (await call.ResponseStream.MoveNext().WaitAsync(s_bound)).ShouldBeTrue();
        call.ResponseStream.Current.ShouldBe("echo two");
        await call.RequestStream.CompleteAsync();
    }
}
