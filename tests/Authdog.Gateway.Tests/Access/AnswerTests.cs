using System.Net;
using System.Text.Json;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity.Sessions;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Access;

/// <summary>The table "Answers": who asks without what is needed, and what they get. The app behind counts what reached it.</summary>
public sealed class AnswerTests : IClassFixture<AnswerTests.Fixture>
{
    private const string Navigate = "Sec-Fetch-Mode: navigate";
    private const string Html = "Accept: text/html,*/*;q=0.8";
    private readonly Upstream _upstream;
    private readonly GatewayHost _gateway;
    private readonly int _before;

    public AnswerTests(Fixture fixture)
    {
        (_upstream, _gateway) = (fixture.Upstream, fixture.Gateway);
        _before = _upstream.Requests;
    }

    [Theory]
    [Trait("Threat", "B17")]
    [InlineData("/page?a=1&b=%2F", "%2Fpage%3Fa%3D1%26b%3D%252F", Navigate)]
    [InlineData("/page", "%2Fpage", Html)]
    [InlineData("/%C3%A9", "%2F%25C3%25A9", Navigate)]
    public async Task RedirectsToLogin_WhenABrowserNavigates(string target, string back, string header)
    {
        using var answer = await _gateway.GetAsync(target, header);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldBe($"/.authdog/login?return={back}");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
        _upstream.Requests.ShouldBe(_before);
    }

    [Fact]
    [Trait("Threat", "B18")]
    public async Task ReturnIsBounded_WhenTheTargetIsLong()
    {
        using var answer = await _gateway.GetAsync("/page?" + new string('a', 5000), Navigate);
        answer.Headers.Location!.OriginalString.ShouldBe("/.authdog/login?return=%2Fpage");
    }

    [Theory]
    [Trait("Threat", "B17")]
    [InlineData("Accept: application/json")]
    [InlineData("Accept: */*")]
    [InlineData("Sec-Fetch-Mode: cors", Html)]
    [InlineData("X-Requested-With: XMLHttpRequest", Html)]
    public async Task Answers401_WhenAProgramAsks(params string[] headers)
    {
        using var answer = await _gateway.GetAsync("/api", headers);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ShouldNotBeEmpty();
        answer.Headers.Location.ShouldBeNull();
        var problem = await ProblemAsync(answer);
        problem.GetProperty("type").GetString().ShouldBe("urn:authdog:problem:sign-in-required");
        problem.GetProperty("status").GetInt32().ShouldBe(401);
        _upstream.Requests.ShouldBe(_before);
    }

    [Fact]
    public async Task Answers401_WhenABrowserPreflights()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api");
        request.Headers.Add("Origin", "https://other.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        using var answer = await _gateway.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _upstream.Requests.ShouldBe(_before);
    }

    [Fact]
    public async Task Answers401_WhenAWebSocketOpens()
    {
        var answer = await RawClient.AskAsync(
            _gateway.Url.Port,
            "GET /socket HTTP/1.1\nHost: localhost\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-Fetch-Mode: websocket\nAccept: text/html\n\n".Replace("Connection: Upgrade", "Connection: Upgrade, close", StringComparison.Ordinal));
        answer.ShouldStartWith("HTTP/1.1 401");
        _upstream.Requests.ShouldBe(_before);
    }

    [Fact]
    public async Task NoContinueIsGiven_WhenTheRequestIsRefused()
    {
        using var client = await RawClient.ConnectAsync(_gateway.Url.Port);
        await client.SendAsync("POST /api HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        (await client.ReadUntilAsync("\r\n\r\n")).ShouldStartWith("HTTP/1.1 401");
    }

    [Fact]
    public async Task AnswersInTrailersOnly_WhenGrpcAsks()
    {
        using var channel = GrpcChannel.ForAddress(_gateway.Http2Url);
        var unauthenticated = await Should.ThrowAsync<RpcException>(async () => await channel.CreateCallInvoker().AsyncUnaryCall(EchoGrpc.UnaryMethod, null, default, "x"));
        unauthenticated.StatusCode.ShouldBe(StatusCode.Unauthenticated);

        var denied = new Method<string, string>(MethodType.Unary, "nobody", "Unary", EchoGrpc.UnaryMethod.RequestMarshaller, EchoGrpc.UnaryMethod.ResponseMarshaller);
        var forbidden = await Should.ThrowAsync<RpcException>(async () => await channel.CreateCallInvoker().AsyncUnaryCall(denied, null, default, "x"));
        forbidden.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        _upstream.Requests.ShouldBe(_before);
    }

    [Theory]
    [InlineData(Navigate, "text/html")]
    [InlineData("Accept: application/json", "application/problem+json")]
    public async Task Answers403WithIdThatTheLogHas_WhenNotAllowed(string header, string contentType)
    {
        var (cookie, _) = await _gateway.SignInAsync();
        using var answer = await _gateway.GetAsync("/staff/x", header, $"Cookie: {cookie}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(contentType);
        var text = await answer.Content.ReadAsStringAsync();
        var line = _gateway.Logs.Lines.Last(entry => entry.Contains("AccessRefused", StringComparison.Ordinal));
        line.ShouldContain("route staff by policy staff");
        text.ShouldContain(line.Trim().Split(' ')[^1]);
        _upstream.Requests.ShouldBe(_before);
    }

    [Fact]
    public async Task Passes_WhenRoleIsThere()
    {
        var (cookie, _) = await _gateway.SignInAsync(roles: "staff");
        using var answer = await _gateway.GetAsync("/staff/x", Navigate, $"Cookie: {cookie}");
        (await answer.Content.ReadAsStringAsync()).ShouldBe("protected");
    }

    [Theory]
    [Trait("Threat", "B6")]
    [InlineData("authdog=garbage")]
    [InlineData("authdog=")]
    [InlineData("authdog=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("authdog=a; authdog=b")]
    public async Task TreatsAsNobody_WhenTheCookieIsCorrupt(string cookie)
    {
        using var answer = await _gateway.GetAsync("/page", Navigate, $"Cookie: {cookie}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        using var open = await _gateway.GetAsync("/open/x", $"Cookie: {cookie}");
        open.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AsksForMore_WhenAuthenticationIsTooWeak()
    {
        var (cookie, _) = await _gateway.SignInAsync();
        using var program = await _gateway.GetAsync("/strong/x", "Accept: application/json", $"Cookie: {cookie}");
        program.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var challenge = program.Headers.WwwAuthenticate.ToString();
        challenge.ShouldContain("error=\"insufficient_user_authentication\"");
        challenge.ShouldContain("acr_values=\"aal2\"");

        using var browser = await _gateway.GetAsync("/strong/x", Navigate, $"Cookie: {cookie}");
        browser.StatusCode.ShouldBe(HttpStatusCode.Found);
        browser.Headers.Location!.OriginalString.ShouldBe("/.authdog/login?return=%2Fstrong%2Fx&acr=aal2");
        _upstream.Requests.ShouldBe(_before);
    }

    [Fact]
    public async Task DeniesAndSaysSo_WhenNobodyMayPass()
    {
        using var answer = await _gateway.GetAsync("/nobody/x", Navigate);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        _upstream.Requests.ShouldBe(_before);
    }

    [Fact]
    public async Task RevocationEndsAccess()
    {
        var (cookie, session) = await _gateway.SignInAsync();
        using (var before = await _gateway.GetAsync("/page", $"Cookie: {cookie}"))
        {
            before.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await _gateway.Services.GetRequiredService<SessionStore>().RevokeAsync(session.Id, CancellationToken.None);
        using var after = await _gateway.GetAsync("/page", $"Cookie: {cookie}");
        after.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer)
    {
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal Upstream Upstream { get; private set; } = null!;

        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Upstream = await Hosting.Upstream.StartAsync(app => app.MapFallback(context => context.Response.WriteAsync("protected")));
            Gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
                .PublicPolicy()
                .SignedInPolicy()
                .Policy("staff", "  - { name: staff, effect: allow, when: { role: staff } }")
                .Policy("strong", "  - { name: strong, effect: allow, require: { acr: aal2 } }")
                .Policy("fresh", "  - { name: fresh, effect: allow, require: { max-age: 15m } }")
                .Policy("nobody", "  - { name: nobody, effect: deny }")
                .Policy("maybe", "  - { name: maybe, effect: optional }")
                .Route("open", "/open/{**all}", "open", Upstream.Url)
                .Route("members", "/{**all}", "members", Upstream.Url)
                .Route("staff", "/staff/{**all}", "staff", Upstream.Url)
                .Route("strong", "/strong/{**all}", "strong", Upstream.Url)
                .Route("fresh", "/fresh/{**all}", "fresh", Upstream.Url)
                .Route("nobody", "/nobody/{**all}", "nobody", Upstream.Url)
                .Route("maybe", "/maybe/{**all}", "maybe", Upstream.Url));
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Upstream.DisposeAsync();
        }
    }
}
