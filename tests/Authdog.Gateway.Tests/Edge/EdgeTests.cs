using Authdog.Gateway.Tests.Hosting;
using CsCheck;

namespace Authdog.Gateway.Tests.Edge;

/// <summary>Raw bytes in front, raw bytes behind: what reaches the app on a public route.</summary>
public sealed class EdgeTests : IClassFixture<EdgeTests.Fixture>
{
    private readonly RawUpstream _upstream;
    private readonly GatewayHost _gateway;

    public EdgeTests(Fixture fixture)
    {
        (_upstream, _gateway) = (fixture.Upstream, fixture.Gateway);
        _upstream.Heads.Clear();
        _upstream.AnswerHeaders = string.Empty;
    }

    [Theory]
    [Trait("Threat", "B1")]
    [InlineData("/")]
    [InlineData("/a%41b/%C3%A9?x=%2f&y=a//b&&")]
    [InlineData("/a+b%20c@d:e,f=g?")]
    [InlineData("/x|y^z[1]{2}?q=a|b")]
    [InlineData("/matrix;v=1/x")]
    public async Task TargetReachesTheAppByteForByte(string target)
    {
        (await AskAsync(RawClient.Get(target))).ShouldStartWith("HTTP/1.1 200");
        _upstream.TakeHead().ShouldStartWith($"GET {target} HTTP/1.1\r\n");
    }

    [Theory]
    [Trait("Threat", "B1")]
    [InlineData("/a/../b", "dot-segment")]
    [InlineData("/a/%2e%2e/b", "dot-segment")]
    [InlineData("/a%2fb", "encoded-slash")]
    [InlineData("/a%5cb", "backslash")]
    [InlineData("/a\\b", "backslash")]
    [InlineData("/%252e%252e/", "double-encoding")]
    [InlineData("/%c0%af", "invalid-encoding")]
    [InlineData("//a", "empty-segment")]
    [InlineData("/a%01", "control-character")]
    public async Task AmbiguousTargetsAreRefused_WithReasonAndIdThatTheLogHas(string target, string reason)
    {
        var answer = await AskAsync(RawClient.Get(target));
        answer.ShouldStartWith("HTTP/1.1 400");
        answer.ShouldContain("application/problem+json");
        answer.ShouldContain($"urn:authdog:problem:{reason}");
        var id = answer.Split("\"id\":\"")[1].Split('"')[0];
        _gateway.Logs.Lines.ShouldContain(line => line.Contains(id, StringComparison.Ordinal) && line.Contains("AmbiguousRequest", StringComparison.Ordinal));
        _upstream.Heads.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Threat", "B1")]
    public async Task WhatReachesTheAppIsWhatWasSent_WhateverIsSent()
    {
        string[] parts = ["/", ".", "..", "a", "B", "%2e", "%2f", "%41", "\\", ";", "%25", "%", "%C3%A9", "?", "&", "=", "|", "\"", "{", "[", "'", "+", "%20", "~", ":", "@"];
        await Gen.OneOfConst(parts).Array[1, 10].Select(string.Concat).SampleAsync(
            async text =>
            {
                var answer = await AskAsync(RawClient.Get("/" + text));
                if (answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
                {
                    _upstream.TakeHead().ShouldStartWith($"GET /{text} HTTP/1.1\r\n");
                }
                else
                {
                    answer.ShouldStartWith("HTTP/1.1 400");
                    _upstream.Heads.ShouldBeEmpty();
                }
            },
            iter: 500,
            threads: 1);
    }

    [Theory]
    [Trait("Threat", "B3")]
    [InlineData("GET / HTTP/1.1\nHost: a\nHost: b\nConnection: close\n\n")]
    [InlineData("GET / HTTP/1.1\nHost: a b\nConnection: close\n\n")]
    [InlineData("GET / HTTP/1.1\nHost:\nConnection: close\n\n")]
    [InlineData("GET http://other/ HTTP/1.1\nHost: localhost\nConnection: close\n\n")]
    [InlineData("GET /#a HTTP/1.1\nHost: localhost\nConnection: close\n\n")]
    [InlineData("OPTIONS * HTTP/1.1\nHost: localhost\nConnection: close\n\n")]
    [InlineData("CONNECT localhost:80 HTTP/1.1\nHost: localhost:80\nConnection: close\n\n")]
    [InlineData("GET /a%00 HTTP/1.1\nHost: localhost\nConnection: close\n\n")]
    [InlineData("GET / HTTP/1.1\nHost: localhost\nfoo_bar: x\nConnection: close\n\n")]
    [InlineData("GET / HTTP/1.1\nHost: localhost\nCookie: a=1\nConnection: Cookie\n\n")]
    public async Task AmbiguousRequestsAreRefused(string request)
    {
        (await AskAsync(request)).ShouldStartWith("HTTP/1.1 400");
        _upstream.Heads.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Threat", "B5")]
    public async Task ReservedNamesNeverReachTheApp_InAnySpelling()
    {
        string[] names =
        [
            "X-Authdog-User", "x-authdog-user", "X_Authdog_User", "X.Authdog.Roles", "X-AUTHDOG_EMAIL", "XAuthdog-Assertion", "X-Authdog-Unknown",
            "Remote-User", "REMOTE_USER", "remote.user", "X_Forwarded_User", "X-Forwarded-User", "X-Forwarded-Prefix", "Forwarded", "X-Real-IP",
            "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "Proxy",
        ];
        var answer = await AskAsync(RawClient.Get("/", [.. names.Select(name => $"{name}: evil"), "X-Authdog-User: evil", "X-Mine: kept"]));
        answer.ShouldStartWith("HTTP/1.1 200");
        var head = _upstream.TakeHead();
        head.ShouldNotContain("evil");
        head.ShouldContain("X-Mine: kept");
    }

    [Fact]
    public async Task HeaderBytesBeyondAscii_PassAsTheyAre_InBothDirections()
    {
        const string Bytes = "\u00c3\u00bc\u00e9";
        _upstream.AnswerHeaders = $"Content-Disposition: attachment; filename=\"{Bytes}\"\r\nServer: theirs\r\n";
        var answer = await AskAsync(RawClient.Get("/", $"Cookie: name={Bytes}", $"X-Mine: {Bytes}"));
        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldContain($"filename=\"{Bytes}\"");
        answer.ShouldContain("Server: theirs\r\n");
        answer.ShouldNotContain("Kestrel");
        var head = _upstream.TakeHead();
        head.ShouldContain($"Cookie: name={Bytes}\r\n");
        head.ShouldContain($"X-Mine: {Bytes}\r\n");
    }

    [Fact]
    [Trait("Threat", "B4")]
    public async Task ForwardedHeadersAreTheGatewaysOwn_WhateverTheClientSent()
    {
        await AskAsync(RawClient.Get("/", "X-Forwarded-For: 6.6.6.6", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https"));
        var head = _upstream.TakeHead();
        head.ShouldContain("X-Forwarded-For: 127.0.0.1\r\n");
        head.ShouldContain("X-Forwarded-Host: localhost\r\n");
        head.ShouldContain("X-Forwarded-Proto: http\r\n");
        head.ShouldContain("\r\nHost: localhost\r\n");
        head.ShouldNotContain("6.6.6.6");
    }

    [Fact]
    [Trait("Threat", "B5")]
    public async Task TrailersOfARequestNeverBecomeHeaders()
    {
        const string Request = "POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\nTrailer: X-Authdog-User\nConnection: close\n\n3\nabc\n0\nX-Authdog-User: evil\n\n";
        await AskAsync(Request);
        _upstream.TakeHead().ShouldNotContain("evil");
    }

    [Theory]
    [InlineData("/.authdog/login")]
    [InlineData("/.AUTHDOG/login")]
    [InlineData("/%2eauthdog/login")]
    [InlineData("/.authdo%67")]
    [InlineData("/.authdog;x/login")]
    [InlineData("/.authdogs")]
    [InlineData("/.well-known/authdog/other")]
    [InlineData("/.Well-Known/Authdog")]
    public async Task OwnPathsNeverReachTheApp_InAnySpelling(string target)
    {
        var answer = await AskAsync(RawClient.Get(target, "Accept: text/html"));
        answer.ShouldStartWith("HTTP/1.1 404");
        answer.ShouldContain("Content-Security-Policy: default-src 'none';");
        answer.ShouldContain("X-Content-Type-Options: nosniff");
        answer.ShouldContain("text/html");
        _upstream.Heads.ShouldBeEmpty();
    }

    [Fact]
    public async Task JwksIsServed_WhateverOrderTheAppsRouteHas()
    {
        var answer = await AskAsync(RawClient.Get("/.well-known/authdog/jwks.json"));
        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldContain("Cache-Control: public, max-age=300");
        answer.ShouldContain("\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\"");
        answer.ShouldNotContain("\"d\":");
        _upstream.Heads.ShouldBeEmpty();
    }

    private Task<string> AskAsync(string request) => RawClient.AskAsync(_gateway.Url.Port, request);

    public sealed class Fixture : IAsyncLifetime
    {
        internal RawUpstream Upstream { get; } = new();

        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
            .PublicPolicy()
            .Route("app", "/{**all}", "open", Upstream.Url, ("Order", "-5"), ("Metadata:Authdog:Header:User", "Remote-User")));

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            Upstream.Dispose();
        }
    }
}
