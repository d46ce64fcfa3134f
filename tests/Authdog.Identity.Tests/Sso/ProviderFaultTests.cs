using System.Net;
using System.Text.Json.Nodes;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sso;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Sso;

/// <summary>Providers that are slow, down, or not what they say: a clear page for the person, a clear event for the administrator, nothing held.</summary>
[Collection(OidcCollection.Name)]
[Trait("Threat", "I9")]
public sealed class ProviderFaultTests(OidcFixture oidc)
{
    private static readonly Dictionary<string, (Func<TestIssuer, Func<HttpContext, Task>> Answer, string Cause)> s_faults = new()
    {
        ["Slow"] = (_ => context => Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted), "within 2 s"),
        ["SlowInPieces"] = (_ => DripAsync, "within 2 s"),
        ["Down"] = (_ => context => AbortAsync(context), "cannot be reached"),
        ["Answers500"] = (_ => context => TestIssuer.JsonAsync(context, [], 500), "500"),
        ["TenMegabytes"] = (_ => context => FloodAsync(context), "1 MiB"),
        ["Html"] = (_ => context => TestIssuer.JsonAsync(context, [], 200, "text/html"), "no JSON"),
        ["Redirect302"] = (issuer => context => RedirectAsync(context, 302, issuer.Url + "/elsewhere"), "redirects"),
        ["SecretFollowsARedirect307"] = (issuer => context => RedirectAsync(context, 307, issuer.Url + "/elsewhere"), "redirects"),
        ["NoObject"] = (_ => context => context.Response.WriteAsJsonAsync("hello"), "JSON"),
        ["Broken"] = (_ => context => BrokenAsync(context, "{\"a\":"), "JSON"),
        ["SaysItTwice"] = (_ => context => BrokenAsync(context, "{\"a\":1,\"a\":2}"), "twice"),
    };

    private static readonly Dictionary<string, (Action<TestIssuer, JsonObject> Change, string Cause)> s_discovery = new()
    {
        ["LyingIssuer"] = ((_, document) => document["issuer"] = "https://attacker.example", "another issuer"),
        ["IssuerWithSlash"] = ((issuer, document) => document["issuer"] = issuer.Url + "/", "another issuer"),
        ["NoIssuer"] = ((_, document) => document.Remove("issuer"), "another issuer"),
        ["NoTokenEndpoint"] = ((_, document) => document.Remove("token_endpoint"), "token_endpoint"),
        ["FileEndpoint"] = ((_, document) => document["jwks_uri"] = "file:///etc/passwd", "jwks_uri"),
        ["ScriptEndpoint"] = ((_, document) => document["authorization_endpoint"] = "javascript:alert(1)", "authorization_endpoint"),
        ["EndpointWithPassword"] = ((_, document) => document["token_endpoint"] = "https://a:b@example.com/", "token_endpoint"),
    };

    public static TheoryData<string, string> Faults =>
    [
        .. from fault in s_faults.Keys from path in new[] { "/.well-known/openid-configuration", "/token" } where path == "/token" || !fault.StartsWith("Secret", StringComparison.Ordinal) select (fault, path),
        .. from fault in new[] { "Down", "Answers500", "TenMegabytes", "Html", "Redirect302" } select (fault, "/jwks"),
    ];

    public static TheoryData<string> Discoveries => [.. s_discovery.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task SaysSo_WhenTheProviderDoesNotAnswerAsItShould(string fault, string path)
    {
        await using var connection = await oidc.ConnectAsync();
        connection.Issuer.Instead[path] = s_faults[fault].Answer(connection.Issuer);
        using var browser = oidc.Host.NewBrowser();

        var page = path != "/.well-known/openid-configuration" ? await connection.AnswerAsync(browser, await connection.BeginAsync(browser)) : await TryAsync(connection, browser);

        page.Status.ShouldBe(HttpStatusCode.BadGateway, page.Text);
        page.Title.ShouldBe("Acme does not answer");
        (await oidc.FailuresAsync(connection.Slug)).ShouldHaveSingleItem().ShouldContain(s_faults[fault].Cause);
        connection.Issuer.Asked.ShouldNotContain(request => request.Path == "/elsewhere");
    }

    [Theory]
    [MemberData(nameof(Discoveries))]
    public async Task SaysSo_WhenTheProviderLiesAboutItself(string lie)
    {
        await using var connection = await oidc.ConnectAsync();
        connection.Issuer.Discovery = document => s_discovery[lie].Change(connection.Issuer, document);
        using var browser = oidc.Host.NewBrowser();

        (await TryAsync(connection, browser)).Status.ShouldBe(HttpStatusCode.BadGateway);

        (await oidc.FailuresAsync(connection.Slug)).ShouldHaveSingleItem().ShouldContain(s_discovery[lie].Cause);
    }

    [Fact]
    public async Task SpeaksGerman_WhenThePersonDoes()
    {
        await using var connection = await oidc.ConnectAsync();
        connection.Issuer.Discovery = document => document.Remove("issuer");
        using var browser = oidc.Host.NewBrowser();
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");

        (await TryAsync(connection, browser)).Title.ShouldBe("Acme antwortet nicht");
    }

    [Fact]
    public async Task AsksOnce_WhenManySignInAtOnce()
    {
        await using var connection = await oidc.ConnectAsync();
        var browsers = Enumerable.Range(0, 20).Select(_ => oidc.Host.NewBrowser()).ToList();

        await Task.WhenAll(browsers.Select(browser => TryAsync(connection, browser)));

        connection.Issuer.Asked.Count(request => request.Path == "/.well-known/openid-configuration").ShouldBe(1);
        browsers.ForEach(browser => browser.Dispose());
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("https://127.0.0.1:1/")]
    [InlineData("https://[::1]:1/")]
    [InlineData("https://localhost:1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://user:password@example.com/")]
    [InlineData("ftp://example.com/")]
    public async Task AsksNobodyInside_WhenPrivateNetworksAreNotAllowed_Ssrf(string address)
    {
        using var http = new ProviderHttp(Options.Create(new SsoOptions()));
        using HttpRequestMessage request = new(HttpMethod.Get, address);

        (await Should.ThrowAsync<ExternalFailureException>(() => http.SendAsync(request, ProviderCall.Discovery, CancellationToken.None))).Message.ShouldMatch("private network|not https");
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    public void TellsPublicAddresses_WhenAsked(string address, bool isPublic) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBe(isPublic);

    private static async Task<ReceivedPage> TryAsync(TestConnection connection, Browser browser)
    {
        var page = await browser.GetAsync(PagePaths.Login + "?return=%2Fapp");
        return await browser.FollowAsync(await browser.SubmitAsync(page, PagePaths.Login, ("email", "ada@" + connection.Domain)));
    }

    private static async Task DripAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        for (var i = 0; i < 200; i++)
        {
            await context.Response.WriteAsync(" ");
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(100, context.RequestAborted);
        }
    }

    private static Task AbortAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static async Task FloodAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        var block = new byte[64 * 1024];
        for (var i = 0; i < 160 && !context.RequestAborted.IsCancellationRequested; i++)
        {
            await context.Response.Body.WriteAsync(block);
        }
    }

    private static Task RedirectAsync(HttpContext context, int status, string location)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    private static Task BrokenAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }
}
