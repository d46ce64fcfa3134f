using System.Diagnostics;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Edge.Limits;

/// <summary>Slow clients are let go of (B18).</summary>
public sealed class SlowClientTests(LimitsFixture fixture) : IClassFixture<LimitsFixture>
{
    private readonly GatewayHost _gateway = fixture.Gateway;

    [Fact]
    [Trait("Threat", "B18")]
    public async Task SlowHeaders_GetTimeout()
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        var watch = Stopwatch.StartNew();
        _ = DripAsync(client, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", 200);
        var answer = await client.ReadUntilAsync("\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 408 ");
        watch.Elapsed.ShouldBeLessThan(LimitsFixture.Silence);
    }

    [Fact]
    [Trait("Threat", "B18")]
    public async Task ConnectionWithoutARequest_IsClosed()
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        (await client.ReadToEndAsync()).ShouldBeEmpty();
        using var used = await RawClient.ConnectAsync(_gateway.Url.Port);
        await used.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        (await used.ReadToEndAsync()).ShouldContain("read 0");
    }

    [Theory]
    [Trait("Threat", "B18")]
    [InlineData("Content-Length: 100000\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nffff\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1;")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-T: ")]
    public async Task SlowBody_GetsTimeout(string head)
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        _ = DripAsync(client, $"POST /slow HTTP/1.1\r\nHost: localhost\r\n{head}", 200);
        var answer = await client.ReadUntilAsync("\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 408 ");
    }

    private static async Task DripAsync(RawClient client, string head, int bytes)
    {
        try
        {
            await client.SendAsync(head);
            for (var i = 0; i < bytes; i++)
            {
                await Task.Delay(100);
                await client.SendAsync("a");
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The server has had enough.
        }
    }
}
