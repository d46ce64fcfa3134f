using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Routing;

public sealed class RouteRulesTests
{
    [Fact]
    public async Task RefusesToStart_AndNamesEveryMistakeOfEveryRoute()
    {
        var settings = new GatewayHostSettings()
            .PublicPolicy()
            .Route("typo", "/a", "opne", "http://127.0.0.1:1")
            .Route("special", "/b", "default", "http://127.0.0.1:1")
            .Route("nobody", "/c", "Anonymous", "http://127.0.0.1:1")
            .Route("none", "/d", "x", "http://127.0.0.1:1", ("AuthorizationPolicy", ""))
            .Route("ours", "/.Authdog/{**all}", "open", "http://127.0.0.1:1", ("Metadata:Authdog:Audiance", "x"))
            .Route("fine", "/e", "open", "http://127.0.0.1:1");
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => GatewayHost.StartAsync(settings));
        var text = failure.ToString();
        text.ShouldContain("AG1103 ReverseProxy:Routes:typo:AuthorizationPolicy = 'opne'");
        text.ShouldContain("AG1102 ReverseProxy:Routes:special:AuthorizationPolicy = 'default'");
        text.ShouldContain("AG1102 ReverseProxy:Routes:nobody:AuthorizationPolicy = 'Anonymous'");
        text.ShouldContain("AG1101 ReverseProxy:Routes:none:AuthorizationPolicy is missing");
        text.ShouldContain("AG1104 ReverseProxy:Routes:ours:Match:Path");
        text.ShouldContain("AG1105 ReverseProxy:Routes:ours:Metadata:Authdog:Audiance");
        text.ShouldNotContain("Routes:fine");
    }
}
