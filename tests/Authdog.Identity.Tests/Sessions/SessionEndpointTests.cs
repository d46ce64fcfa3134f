using System.Net;
using System.Text.Json;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Authdog.Identity.Redis;
using Authdog.Identity.Tests.Redis;
using Authdog.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Tests.Sessions;

public sealed class SessionEndpointTests : IAsyncLifetime
{
    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true });
    private RedisServer _redis = null!;
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([new("Redis:ConnectionString", _redis.ConnectionString)]);
        builder.Services.AddSingleton(new DataFolder("unused"));
        var terms = SessionTerms.Of(new Identity.Sessions.SessionOptions());
        builder.Services.AddSingleton(new TenantTerms(_ => terms, (_, _) => Task.FromResult<SessionTerms?>(terms)));
        builder.Services.AddRedis(builder.Configuration).AddSessions(builder.Configuration);
        _app = builder.Build();
        _app.UseAuthentication();
        _app.MapSessionEndpoints();
        _app.MapPost("/in", (HttpContext context, SessionSignIn signIn) => signIn.SignInAsync(context, StateNode.Ada(StateNode.NewUser(), "staff")));
        _app.MapPost("/out", (HttpContext context, SessionSignIn signIn) => signIn.SignOutAsync(context));
        await _app.StartAsync();
        _browser.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact, Trait("Threat", "B15")]
    public async Task BrowserIsKnownUntilItSignsOut_WhenItSignsIn()
    {
        (await AskAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);

        var first = await SignInAsync();
        var (status, body) = await AskAsync();
        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("email").GetString().ShouldBe("ada@example.com");
        body.GetProperty("tenant").GetString().ShouldBe("default");
        body.GetProperty("roles")[0].GetString().ShouldBe("staff");
        body.GetProperty("amr")[0].GetString().ShouldBe("pwd");
        body.GetProperty("acr").GetString().ShouldBe("aal1");
        (body.GetProperty("expires_at").GetInt64() - body.GetProperty("auth_time").GetInt64()).ShouldBeInRange(24 * 3600, (24 * 3600) + 5);

        // Signing in again gives a new cookie, and the old one is dead.
        (await SignInAsync()).ShouldNotBe(first);
        (await AskAsync(first)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync()).Status.ShouldBe(HttpStatusCode.OK);

        (await _browser.PostAsync(new Uri("/out", UriKind.Relative), null)).EnsureSuccessStatusCode();
        (await AskAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact, Trait("Threat", "B6")]
    public async Task AnswerIs503WithRetryAfter_WhenTheStoreIsAway()
    {
        await SignInAsync();
        _redis.Kill();

        using var response = await _browser.GetAsync(new Uri("/.authdog/session", UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task NothingIsTold_WhenAnotherOriginAsks()
    {
        await SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.authdog/session");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var response = await _browser.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    private async Task<string> SignInAsync()
    {
        using var response = await _browser.PostAsync(new Uri("/in", UriKind.Relative), null);
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(string? cookie = null)
    {
        using var other = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = _browser.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.authdog/session");
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var response = await (cookie is null ? _browser : other).SendAsync(request);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
