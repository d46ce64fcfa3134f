using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Authdog.Gateway.Tests.Hosting;

namespace Authdog.Gateway.Tests.RealApps;

/// <summary>httpbin under gunicorn (WSGI), public and for members: nothing that an ordinary client does is lost or changed on the way.</summary>
public sealed class HttpbinTests : IClassFixture<HttpbinTests.Fixture>
{
    private readonly GatewayHost _gateway;

    public HttpbinTests(Fixture fixture) => _gateway = fixture.Gateway;

    [Theory]
    [InlineData("/anything/Gr%C3%B6%C3%9Fe", "/anything/Größe", "")]
    [InlineData("/anything/a+b%20c@d:e,f=g", "/anything/a+b c@d:e,f=g", "")]
    [InlineData("/anything/(x)'y'!*$&~", "/anything/(x)'y'!*$&~", "")]
    [InlineData("/anything/a?q=a+b&q=%C3%A9&r=", "/anything/a", "{\"q\":[\"a b\",\"é\"],\"r\":\"\"}")]
    [InlineData("/anything/a?", "/anything/a", "")]
    [InlineData("/anything/a?next=//host/x//y&u=http://other/?b=c", "/anything/a", "{\"next\":\"//host/x//y\",\"u\":\"http://other/?b=c\"}")]
    [InlineData("/anything/a?p=../../x&t=%2e%2e%2f&s=a%5Cb", "/anything/a", "{\"p\":\"../../x\",\"t\":\"../\",\"s\":\"a\\\\b\"}")]
    [InlineData("/anything/a?%F0%9F%90%95=%F0%9F%A6%B4", "/anything/a", "{\"🐕\":\"🦴\"}")]
    public async Task AppSeesTheTargetThatWasAsked(string target, string path, string arguments)
    {
        var answer = await RawClient.AskAsync(_gateway.Url.Port, RawClient.Get(target));
        answer.ShouldStartWith("HTTP/1.1 200");
        using var json = JsonDocument.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)]);
        new Uri(json.RootElement.GetProperty("url").GetString()!).LocalPath.ShouldBe(path);
        if (arguments.Length > 0)
        {
            JsonElement.DeepEquals(json.RootElement.GetProperty("args"), JsonDocument.Parse(arguments).RootElement).ShouldBeTrue(json.RootElement.GetProperty("args").ToString());
        }
    }

    [Fact]
    public async Task LongQueryPasses()
    {
        var value = new string('x', 3000);
        (await JsonAsync($"/anything?q={value}")).GetProperty("args").GetProperty("q").GetString().ShouldBe(value);
    }

    [Fact]
    public async Task AbsoluteRedirectLeadsBackToTheGateway()
    {
        using var answer = await _gateway.GetAsync("/absolute-redirect/1");
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location.ShouldBe(new Uri(_gateway.Url, "/get"));
        using var relative = await _gateway.GetAsync("/relative-redirect/1");
        relative.Headers.GetValues("Location").ShouldBe(["/get"]);
    }

    [Fact]
    public async Task RangeComesAsARange()
    {
        using var answer = await _gateway.GetAsync("/range/100", "Range: bytes=10-19");
        answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        answer.Content.Headers.ContentRange!.ToString().ShouldBe("bytes 10-19/100");
        (await answer.Content.ReadAsStringAsync()).ShouldBe("klmnopqrst");
        using var beyond = await _gateway.GetAsync("/range/100", "Range: bytes=200-300");
        beyond.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
    }

    [Fact]
    public async Task CompressedAnswerStaysCompressed()
    {
        using var answer = await _gateway.GetAsync("/gzip", "Accept-Encoding: gzip");
        answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await using var plain = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        (await JsonDocument.ParseAsync(plain)).RootElement.GetProperty("gzipped").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task StreamComesChunked()
    {
        using var answer = await _gateway.GetAsync("/stream/5");
        answer.Headers.TransferEncodingChunked.ShouldBe(true);
        (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(5);
    }

    [Theory]
    [InlineData("a=\"x y\"; b=%C3%BC; c=1=2; d=; e")]
    [InlineData("a=1;b=2;  c=3; ")]
    [InlineData("$Version=1; a={\"j\":[1,2]}; b='x'")]
    public async Task CookiesArriveAsTheyAre(string cookies)
    {
        var (own, _) = await _gateway.SignInAsync();
        var sent = (await JsonAsync("/headers", $"Cookie: {cookies}")).GetProperty("headers").GetProperty("Cookie").GetString();
        sent.ShouldBe(cookies.Trim());
        var beside = (await JsonAsync("/headers", $"Cookie: {own}; {cookies.Trim()}")).GetProperty("headers").GetProperty("Cookie").GetString();
        beside.ShouldBe(cookies.Trim());
    }

    [Fact]
    public async Task AppSetsItsCookies()
    {
        using var answer = await _gateway.GetAsync("/cookies/set?a=1&b=x%20y");
        answer.Headers.GetValues("Set-Cookie").ShouldBe(["a=1; Path=/", "b=\"x y\"; Path=/"]);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task FormsAndFilesArrive(string method)
    {
        using var form = new MultipartFormDataContent { { new StringContent("Größe"), "text" }, { new ByteArrayContent([1, 2, 3]), "file", "a.bin" } };
        using var request = new HttpRequestMessage(new HttpMethod(method), "/anything") { Content = form };
        using var answer = await _gateway.Client.SendAsync(request);
        var seen = (await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync())).RootElement;
        seen.GetProperty("method").GetString().ShouldBe(method);
        seen.GetProperty("form").GetProperty("text").GetString().ShouldBe("Größe");
        seen.GetProperty("files").GetProperty("file").GetString().ShouldBe("\u0001\u0002\u0003");
        seen.GetProperty("headers").GetProperty("Content-Length").GetString().ShouldBe(form.Headers.ContentLength!.Value.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task AppsOwnSignInWorks()
    {
        using var asked = await _gateway.GetAsync("/basic-auth/ada/secret");
        asked.Headers.WwwAuthenticate.ToString().ShouldBe("Basic realm=\"Fake Realm\"");
        using var answered = await _gateway.GetAsync("/basic-auth/ada/secret", "Authorization: Basic " + Convert.ToBase64String("ada:secret"u8));
        answered.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/status/418", 418)]
    [InlineData("/status/204", 204)]
    [InlineData("/status/503", 503)]
    [InlineData("/etag/abc", 304)]
    [InlineData("/cache", 304)]
    public async Task StatusComesFromTheApp(string target, int status)
    {
        using var answer = await _gateway.GetAsync(target, "If-None-Match: abc");
        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Fact]
    [Trait("Threat", "B5")]
    public async Task FoldedNamesDoNotSpeakForAnybody()
    {
        // WSGI makes HTTP_X_AUTHDOG_EMAIL of each of them.
        string[] names = ["X_Authdog_Email", "X-Authdog_Email", "x_authdog-email", "X-Authdog-Email"];
        var (cookie, _) = await _gateway.SignInAsync("grace@example.com");
        foreach (var name in names)
        {
            (await RawClient.AskAsync(_gateway.Url.Port, RawClient.Get("/headers", $"{name}: evil"))).ShouldNotContain("evil");
            var member = await RawClient.AskAsync(_gateway.Url.Port, RawClient.Get("/members/headers", $"{name}: evil", $"Cookie: {cookie}"));
            member.ShouldNotContain("evil");
            member.ShouldContain("\"X-Authdog-Email\":\"grace@example.com\"");
        }
    }

    private async Task<JsonElement> JsonAsync(string target, params string[] headers)
    {
        using var answer = await _gateway.GetAsync(target, headers);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync())).RootElement;
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private AppProcess _app = null!;

        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _app = await AppProcess.StartAsync((port, _) => new("/usr/bin/gunicorn", ["--bind", $"127.0.0.1:{port}", "--threads", "4", "httpbin:app"]));
            Gateway = await GatewayHost.StartAsync(new GatewayHostSettings()
                .PublicPolicy()
                .SignedInPolicy()
                .Route("app", "/{**all}", "open", _app.Url)
                .Route("members", "/members/{**all}", "members", _app.Url, ("Transforms:0:PathRemovePrefix", "/members")));
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await _app.DisposeAsync();
        }
    }
}
