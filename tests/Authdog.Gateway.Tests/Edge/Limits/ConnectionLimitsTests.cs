using System.Net;
using System.Net.Sockets;
using System.Text;
using Authdog.Gateway.Edge.Limits;
using Authdog.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Edge.Limits;

/// <summary>Floods of connections and streams (B18).</summary>
[Trait("Threat", "B18")]
public sealed class ConnectionLimitsTests
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task FloodFromOneAddress_LeavesRoomForOthers()
    {
        await using var upstream = await Upstream.StartAsync(app => app.MapFallback(() => "hello"));
        await using var gateway = await GatewayHost.StartAsync(Settings(upstream).Set("Gateway:Limits:MaxConnectionsPerClient", "5"));
        var flood = new List<Socket>();
        for (var i = 0; i < 50; i++)
        {
            flood.Add(await ConnectAsync("127.0.0.1", gateway.Url.Port));
        }

        var gate = gateway.Services.GetRequiredService<ConnectionGate>();
        await UntilAsync(() => gate.Open == 5);
        (await AskAsync(flood[^1])).ShouldBeEmpty();
        using (var other = await ConnectAsync("127.0.0.2", gateway.Url.Port))
        {
            (await AskAsync(other)).ShouldContain("hello");
        }

        // One line, not one for each of them.
        gateway.Logs.Lines.Count(line => line.Contains("ConnectionsRefused", StringComparison.Ordinal)).ShouldBe(1);

        flood.ForEach(socket => socket.Dispose());
        await UntilAsync(() => gate is { Open: 0, Clients: 0 });
        using var again = await ConnectAsync("127.0.0.1", gateway.Url.Port);
        (await AskAsync(again)).ShouldContain("hello");
    }

    [Fact]
    public async Task AllTogetherAreBounded_AndTrustedProxiesAreNotCountedAsOneClient()
    {
        await using var upstream = await Upstream.StartAsync(app => app.MapFallback(() => "hello"));
        await using var gateway = await GatewayHost.StartAsync(Settings(upstream)
            .Set("Gateway:TrustedProxies:0", "127.0.0.1")
            .Set("Gateway:Limits:MaxConnectionsPerClient", "1")
            .Set("Gateway:Limits:MaxConnections", "4"));
        var open = new List<Socket>();
        for (var i = 0; i < 6; i++)
        {
            open.Add(await ConnectAsync("127.0.0.1", gateway.Url.Port));
        }

        var gate = gateway.Services.GetRequiredService<ConnectionGate>();
        await UntilAsync(() => gate.Open == 4);
        (await AskAsync(open[3])).ShouldContain("hello");
        (await AskAsync(open[4])).ShouldBeEmpty();
        open.ForEach(socket => socket.Dispose());
        await UntilAsync(() => gate.Open == 0);
    }

    [Fact]
    public async Task FurtherStreamIsRefused_AndTheConnectionLives()
    {
        using var release = new SemaphoreSlim(0);
        await using var upstream = await Upstream.StartAsync(app => app.MapFallback(async () =>
        {
            await release.WaitAsync();
            return "hello";
        }));
        await using var gateway = await GatewayHost.StartAsync(Settings(upstream).Set("Gateway:Limits:MaxStreamsPerConnection", "10"));
        using var tcp = await RawClient.ConnectAsync(gateway.Http2Url.Port);
        using var client = await RawHttp2.StartAsync(tcp.Stream);
        for (var i = 0; i < 11; i++)
        {
            await client.OpenAsync(RawHttp2.Block("http", "localhost", "/"));
        }

        var (type, _, stream, payload) = await client.ReadAsync();
        while (type != RawHttp2.Reset)
        {
            type.ShouldBeOneOf(RawHttp2.Settings, (byte)8);
            (type, _, stream, payload) = await client.ReadAsync();
        }

        stream.ShouldBe(21);
        payload[3].ShouldBe((byte)7, "REFUSED_STREAM");
        release.Release(100);
        for (var ended = 0; ended < 10;)
        {
            var frame = await client.ReadAsync();
            frame.Type.ShouldBeLessThan(RawHttp2.GoAway);
            ended += frame.Type is RawHttp2.Headers or RawHttp2.Data && (frame.Flags & RawHttp2.EndStream) != 0 ? 1 : 0;
        }

        // The server counts a stream until it has cleared it away, a moment after its last byte.
        var status = 0;
        for (var i = 0; i < 20 && status != 200; i++)
        {
            await Task.Delay(100);
            status = await client.GetStatusAsync("http", "localhost");
        }

        status.ShouldBe(200);
    }

    [Fact]
    [Trait("Threat", "CVE-2023-44487")]
    public async Task RapidResetsEndTheirConnection_AndNobodyElseNotices()
    {
        await using var upstream = await Upstream.StartAsync(app => app.MapFallback(() => "hello"));
        await using var gateway = await GatewayHost.StartAsync(Settings(upstream));
        var ended = 0;
        for (var attack = 0; attack < 3; attack++)
        {
            using var tcp = await RawClient.ConnectAsync(gateway.Http2Url.Port);
            using var client = await RawHttp2.StartAsync(tcp.Stream);
            ended += await FloodAsync(client) ? 1 : 0;
            using var response = await gateway.Client.GetAsync("/").WaitAsync(s_bound);
            (await response.Content.ReadAsStringAsync()).ShouldBe("hello");
        }

        ended.ShouldBe(3);
    }

    [Fact]
    public void IPv6CountsByNetwork_AndMappedIPv4AsItself()
    {
        ClientNetwork.Of(IPAddress.Parse("2001:db8:1:2::1")).ShouldBe(ClientNetwork.Of(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        ClientNetwork.Of(IPAddress.Parse("2001:db8:1:2::1")).ShouldNotBe(ClientNetwork.Of(IPAddress.Parse("2001:db8:1:3::1")));
        ClientNetwork.Of(IPAddress.Parse("::ffff:192.0.2.1")).ShouldBe(ClientNetwork.Of(IPAddress.Parse("192.0.2.1")));
        ClientNetwork.Of(IPAddress.Parse("192.0.2.1")).ShouldNotBe(ClientNetwork.Of(IPAddress.Parse("192.0.2.2")));
        ClientNetwork.Of(IPAddress.Parse("::c000:201:0:0:0:0")).ShouldNotBe(ClientNetwork.Of(IPAddress.Parse("192.0.2.1")));
    }

    private static async Task<bool> FloodAsync(RawHttp2 client)
    {
        var block = RawHttp2.Block("http", "localhost", "/");
        try
        {
            for (var i = 0; i < 20_000; i++)
            {
                var stream = await client.OpenAsync(block);
                await client.SendAsync(RawHttp2.Reset, 0, stream, [0, 0, 0, 8]);
            }
        }
        catch (IOException)
        {
            return true;
        }

        for (var i = 0; i < 100_000; i++)
        {
            if ((await client.ReadAsync()).Type is RawHttp2.GoAway or 255)
            {
                return true;
            }
        }

        return false;
    }

    private static GatewayHostSettings Settings(Upstream upstream) => new GatewayHostSettings().PublicPolicy().Route("app", "/{**rest}", "open", upstream.Url);

    private static async Task<Socket> ConnectAsync(string from, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
        }
        catch (SocketException)
        {
            // Refused so fast that it never saw itself connected.
        }

        return socket;
    }

    private static async Task<string> AskAsync(Socket socket)
    {
        using var bound = new CancellationTokenSource(s_bound);
        var text = new StringBuilder();
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), bound.Token);
            var buffer = new byte[4096];
            int read;
            while ((read = await socket.ReceiveAsync(buffer, bound.Token)) > 0)
            {
                text.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // Reset.
        }

        return text.ToString();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 500; i++)
        {
            if (condition())
            {
                return;
            }

            await Task.Delay(20);
        }

        condition().ShouldBeTrue();
    }
}
