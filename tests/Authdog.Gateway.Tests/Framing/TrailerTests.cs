using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Framing;

/// <summary>Trailers of requests: whatever they are called, no app gets them, for nothing has judged them.</summary>
[Trait("Threat", "B5")]
public sealed class TrailerTests : IClassFixture<FramingFixture>
{
    private readonly WireUpstream _upstream;
    private readonly GatewayHost _gateway;

    public TrailerTests(FramingFixture fixture)
    {
        (_upstream, _gateway) = (fixture.Upstream, fixture.Gateway);
        _upstream.Reset();
    }

    public static TheoryData<string, string> Trailers => new()
    {
        { "x-authdog-user", "evil" },
        { "x_authdog_user", "evil" },
        { "x-authdog-assertion", "evil" },
        { "x-forwarded-for", "203.0.113.66" },
        { "forwarded", "for=203.0.113.66" },
        { "cookie", "authdog=evil" },
        { "authorization", "Bearer evil" },
        { "host", "evil" },
        { "content-length", "99" },
        { "x-harmless", "1" },
    };

    [Theory]
    [MemberData(nameof(Trailers))]
    public async Task NoTrailerReachesTheApp_OverHttp1(string name, string value)
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync($"POST /a HTTP/1.1\r\nHost: localhost\r\nTrailer: {name}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n{name}: {value}\r\n\r\n");
        await client.ReadAnswerAsync();
        NothingArrived(value);
    }

    [Theory]
    [MemberData(nameof(Trailers))]
    public async Task NoTrailerReachesTheApp_OverHttp2(string name, string value)
    {
        using var client = await FrameClient.ConnectAsync(_gateway.Http2Url.Port);
        await client.OpenAsync([(":method", "POST"), .. FrameClient.Get("/a")[1..]], ends: false);
        await client.SendAsync("12345", ends: false);
        await client.SendTrailersAsync((name, value));
        await client.OutcomeAsync();
        NothingArrived(value);
    }

    [Theory]
    [Trait("Threat", "B19")]
    [InlineData(":path", "/members/secret")]
    [InlineData(":method", "DELETE")]
    [InlineData(":authority", "evil")]
    [InlineData("transfer-encoding", "gzip")]
    [InlineData("connection", "close")]
    [InlineData("X-Upper", "1")]
    public async Task RequestNeverEndsAtTheApp_WhenATrailerIsNone(string name, string value)
    {
        using var client = await FrameClient.ConnectAsync(_gateway.Http2Url.Port);
        await client.OpenAsync([(":method", "POST"), .. FrameClient.Get("/a")[1..]], ends: false);
        await client.SendAsync("12345", ends: false);
        await client.SendTrailersAsync((name, value));
        var outcome = await client.OutcomeAsync();
        NothingArrived(value);
        outcome.ShouldBeOneOf("200", "400", "RST 1", "GOAWAY 1");
    }

    private void NothingArrived(string value)
    {
        foreach (var head in _upstream.Heads)
        {
            head.ShouldStartWith("POST /a HTTP/1.1\r\n");
            var lines = head.Split("\r\n");
            lines.ShouldNotContain(line => line.EndsWith($": {value}", StringComparison.OrdinalIgnoreCase));
            lines.ShouldContain("Host: localhost");
        }

        foreach (var request in _upstream.Requests)
        {
            request.Body.ShouldBe("5\r\n12345\r\n0\r\n\r\n");
        }

        _upstream.Rests.ShouldBeEmpty();
    }
}
