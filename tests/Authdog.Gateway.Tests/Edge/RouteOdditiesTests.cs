using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.Edge;

/// <summary>What a route may permit, what it may not, and what becomes of paths that a route rewrites.</summary>
[Trait("Threat", "B1")]
public sealed class RouteOdditiesTests(RouteOdditiesTests.Fixture fixture) : IClassFixture<RouteOdditiesTests.Fixture>
{
    [Theory]
    [InlineData("slash.example", "/a%2fb/x", 200)]
    [InlineData("slash.example", "/a%2Fb", 200)]
    [InlineData("slash.example", "/x%2fclosed/y", 400)]
    [InlineData("slash.example", "/x/..%2fclosed", 400)]
    [InlineData("slash.example", "/a%252fb", 400)]
    [InlineData("slash.example", "/a//b", 400)]
    [InlineData("slash.example", "/a%2f%2fb", 400)]
    [InlineData("empty.example", "/a//b", 200)]
    [InlineData("empty.example", "//closed/b", 400)]
    [InlineData("empty.example", "/a%2fb", 400)]
    [InlineData("matrix.example", "/a;v=1/b;w=2", 200)]
    [InlineData("matrix.example", "/closed;v=1/b", 400)]
    [InlineData("matrix.example", "/..;/closed", 400)]
    [InlineData("plain.example", "/a;v=1/b", 400)]
    [InlineData("plain.example", "/a%3bv/b", 400)]
    [InlineData("plain.example", "/closed./x", 400)]
    [InlineData("plain.example", "/closed%20/x", 400)]
    [InlineData("plain.example", "/%EF%BD%83losed/x", 400)]
    [InlineData("plain.example", "/wiki/Example_Inc.", 200)]
    [InlineData("plain.example", "/%EF%BC%8E%EF%BC%8E/x", 400)]
    [InlineData("plain.example", "/%E6%97%A5%E6%9C%AC", 200)]
    [InlineData("plain.example", "/CLOSED/x", 403)]
    public async Task PathPassesUnchangedOrIsRefused_AsTheRouteSays(string host, string target, int status)
    {
        var head = await AskAsync(host, target, status);
        head?.ShouldStartWith($"GET {target} HTTP/1.1\r\n");
    }

    [Theory]
    [InlineData("names.example", "odd_name: a", 200)]
    [InlineData("names.example", "odd.name: a", 200)]
    [InlineData("names.example", "Content_Length: 3", 400)]
    [InlineData("plain.example", "odd_name: a", 400)]
    [Trait("Threat", "B5")]
    public async Task OddHeaderNamesPass_WhereTheRoutePermitsThem(string host, string header, int status)
    {
        var head = await AskAsync(host, "/", status, header);
        head?.ShouldContain(header + "\r\n");
    }

    [Theory]
    [InlineData("X_Authdog_User: mallory")]
    [InlineData("X.Forwarded.For: mallory")]
    [InlineData("Remote_User: mallory")]
    [Trait("Threat", "B5")]
    public async Task ReservedNamesAreRemoved_WhereTheRoutePermitsOddOnes(string header) =>
        (await AskAsync("names.example", "/", 200, header))!.ShouldNotContain("mallory");

    [Theory]
    [InlineData("/api/a%20b/%C3%A9?x=%2f", 200, "/a%20b/%C3%A9?x=%2f")]
    [InlineData("/api/100%25", 200, "/100%25")]
    [InlineData("/api", 200, "/")]
    [InlineData("/file/x", 200, "/store/.x?v=2")]
    [InlineData("/file/.", 400, null)]
    [InlineData("/file/%2e", 400, null)]
    [InlineData("/dot/x", 200, "/store/x.")]
    public async Task RewrittenPathsAreJudgedAgain(string target, int status, string? sent)
    {
        var head = await AskAsync("rewrite.example", target, status);
        head?.ShouldStartWith($"GET {sent} HTTP/1.1\r\n");
    }

    [Fact]
    public async Task RewriteThatMakesADotSegmentIsRefused_BeforeTheAppSeesIt()
    {
        // "." of ".-x" is harmless where it stands, and makes ".." where the route puts it.
        (await AskAsync("rewrite.example", "/up/a-x", 200))!.ShouldStartWith("GET /store/.a HTTP/1.1\r\n");
        (await AskAsync("rewrite.example", "/up/.-x", 400)).ShouldBeNull();
    }

    private async Task<string?> AskAsync(string host, string target, int status, params string[] headers)
    {
        fixture.Upstream.Heads.Clear();
        var answer = await RawClient.AskAsync(fixture.Gateway.Url.Port, RawClient.Get(target, headers).Replace("Host: localhost", $"Host: {host}", StringComparison.Ordinal));
        answer.ShouldStartWith($"HTTP/1.1 {status}");
        if (status == 200)
        {
            return fixture.Upstream.TakeHead();
        }

        fixture.Upstream.Heads.ShouldBeEmpty();
        return null;
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal RawUpstream Upstream { get; } = new();

        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var settings = new GatewayHostSettings()
                .PublicPolicy()
                .Policy("nobody", "  - { name: nobody, effect: deny }")
                .Route("closed", "/closed/{**all}", "nobody", Upstream.Url)
                .Route("prefix", "/api/{**rest}", "open", Upstream.Url, ("Match:Hosts:0", "rewrite.example"), ("Transforms:0:PathRemovePrefix", "/api"))
                .Route("file", "/file/{name}", "open", Upstream.Url, ("Match:Hosts:0", "rewrite.example"), ("Transforms:0:PathPattern", "/store/.{name}"), ("Transforms:1:QueryValueParameter", "v"), ("Transforms:1:Set", "2"))
                .Route("up", "/up/{name}-x", "open", Upstream.Url, ("Match:Hosts:0", "rewrite.example"), ("Transforms:0:PathPattern", "/store/.{name}"))
                .Route("dot", "/dot/{name}", "open", Upstream.Url, ("Match:Hosts:0", "rewrite.example"), ("Transforms:0:PathPattern", "/store/{name}."));
            foreach (var (name, optIn) in new[] { ("slash", "EncodedSlash"), ("empty", "EmptySegments"), ("matrix", "PathParameters"), ("names", "HeaderNames") })
            {
                settings.Route(name, "/{**all}", "open", Upstream.Url, ("Match:Hosts:0", name + ".example"), ($"Metadata:Authdog:Unsafe:{optIn}", "true"), ("Metadata:Authdog:Header:User", "Remote-User"));
            }

            settings.Route("plain", "/{**all}", "open", Upstream.Url, ("Match:Hosts:0", "plain.example"));
            Gateway = await GatewayHost.StartAsync(settings);
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            Upstream.Dispose();
        }
    }
}
