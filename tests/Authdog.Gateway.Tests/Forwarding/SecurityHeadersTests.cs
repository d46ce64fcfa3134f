using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Forwarding;

public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData(null, false, false)]
    [InlineData("off", false, false)]
    [InlineData("basic", true, false)]
    [InlineData("strict", true, true)]
    public async Task AppsAnswerGetsWhatTheRouteAsksFor_AndKeepsItsOwn(string? choice, bool basic, bool strict)
    {
        using var upstream = new RawUpstream();
        (string, string)[] metadata = choice is null ? [] : [("Metadata:Authdog:SecurityHeaders", choice)];
        await using var gateway = await GatewayHost.StartAsync(new GatewayHostSettings().PublicPolicy().Route("app", "/{**all}", "open", upstream.Url, metadata));

        var bare = await RawClient.AskAsync(gateway.Url.Port, RawClient.Get("/"));
        bare.Contains("X-Content-Type-Options: nosniff\r\n", StringComparison.Ordinal).ShouldBe(basic);
        bare.Contains("X-Frame-Options: SAMEORIGIN\r\n", StringComparison.Ordinal).ShouldBe(basic);
        bare.Contains("Content-Security-Policy: frame-ancestors 'self'", StringComparison.Ordinal).ShouldBe(strict);
        bare.Contains("Permissions-Policy: ", StringComparison.Ordinal).ShouldBe(strict);

        upstream.AnswerHeaders = "X-Frame-Options: ALLOWALL\r\nContent-Security-Policy: default-src *\r\n";
        var own = await RawClient.AskAsync(gateway.Url.Port, RawClient.Get("/"));
        own.ShouldContain("X-Frame-Options: ALLOWALL\r\n");
        own.ShouldContain("Content-Security-Policy: default-src *\r\n");
        own.ShouldNotContain("SAMEORIGIN");
        own.ShouldNotContain("frame-ancestors");
    }
}
