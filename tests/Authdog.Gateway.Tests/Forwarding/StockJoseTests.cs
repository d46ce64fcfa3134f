using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Gateway.Tests.Forwarding;

/// <summary>A small Python app with a stock JOSE library (PyJWT) believes the assertion, by the JWKS URL and nothing else.</summary>
public sealed class StockJoseTests : IAsyncLifetime
{
    private Process _python = null!;
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        try
        {
            await StartAsync();
        }
        catch
        {
            await StopPythonAsync();
            throw;
        }
    }

    private async Task StartAsync()
    {
        // The app is told the gateway's address before the gateway listens there.
        var gatewayPort = FreePort();
        var issuer = $"http://localhost:{gatewayPort}";
        _python = Process.Start(new ProcessStartInfo("/usr/bin/python3")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Upstreams", "verify.py"), $"{issuer}/.well-known/authdog/jwks.json", issuer, "books" },
            RedirectStandardOutput = true,
        })!;
        var port = await _python.StandardOutput.ReadLineAsync();
        _gateway = await GatewayHost.StartAsync(new GatewayHostSettings { Port = gatewayPort }
            .SignedInPolicy()
            .PublicPolicy()
            .Set("Gateway:PublicUrl", issuer)
            .Set("Gateway:Keys:RefreshInterval", "00:00:01")
            .Set("Gateway:Keys:Announce", "00:00:04")
            .Route("members", "/members/{**all}", "members", $"http://127.0.0.1:{port}", ("Metadata:Authdog:Audience", "books"))
            .Route("other", "/other/{**all}", "members", $"http://127.0.0.1:{port}")
            .Route("open", "/{**all}", "open", $"http://127.0.0.1:{port}"));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await StopPythonAsync();
    }

    [Fact]
    public async Task AppLearnsWhoAsks()
    {
        var (cookie, session) = await _gateway.SignInAsync("grace@example.com", "Grace Hopper", "editor");

        using var answer = await _gateway.GetAsync("/members/", $"Cookie: {cookie}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var claims = await ClaimsAsync(answer);
        claims.GetProperty("sub").GetString().ShouldBe(session.User.ToString());
        claims.GetProperty("email").GetString().ShouldBe("grace@example.com");
        claims.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["editor"]);
        claims.GetProperty("exp").GetInt64().ShouldBeLessThanOrEqualTo(claims.GetProperty("iat").GetInt64() + 300);
    }

    [Fact]
    [Trait("Threat", "B9")]
    public async Task AppRefusesAnAssertionForAnotherApp()
    {
        var (cookie, _) = await _gateway.SignInAsync();

        using var answer = await _gateway.GetAsync("/other/", $"Cookie: {cookie}");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("Threat", "B5")]
    public async Task AppGetsNothing_WhenTheClientBringsAnAssertionOfItsOwn()
    {
        using var answer = await _gateway.GetAsync("/", "X-Authdog-Assertion: e30.e30.e30");

        (await answer.Content.ReadAsStringAsync()).ShouldContain("Not enough segments");
    }

    [Fact]
    public async Task AppSeesNoFailure_WhileTheKeyRotates()
    {
        var (cookie, _) = await _gateway.SignInAsync();
        var ring = _gateway.Services.GetRequiredService<SigningKeyRing>();
        var before = ring.Current(SigningKeyRing.AssertionPurpose).Kid;
        var next = await ring.RotateAsync(SigningKeyRing.AssertionPurpose, CancellationToken.None);
        var bound = Stopwatch.StartNew();
        var seen = new HashSet<string>(StringComparer.Ordinal);

        while (!seen.Contains(next.Kid) && bound.Elapsed < TimeSpan.FromSeconds(30))
        {
            using var answer = await _gateway.GetAsync("/members/", $"Cookie: {cookie}");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            seen.Add(ring.Current(SigningKeyRing.AssertionPurpose).Kid);
            await Task.Delay(20);
        }

        seen.ShouldBe([before, next.Kid], ignoreOrder: true);
    }

    private async Task StopPythonAsync()
    {
        _python.Kill();
        await _python.WaitForExitAsync();
        _python.Dispose();
    }

    private static async Task<JsonElement> ClaimsAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
