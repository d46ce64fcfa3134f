using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Authdog.Gateway.ForwardAuth;
using Authdog.Gateway.Tests.Hosting;
using Authdog.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Gateway.Tests.ForwardAuth;

/// <summary>The listener itself: when it is there, and for whom.</summary>
public sealed class ForwardAuthListenerTests
{
    private static readonly Question s_public = new() { Target = "/public/" };

    [Fact]
    public async Task DoesNotListen_WhenNotConfigured()
    {
        await using var gateway = await GatewayHost.StartAsync(new GatewayHostSettings());
        gateway.Services.GetRequiredService<ForwardAuthListener>().Addresses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Denies_WhenTheAddressIsNotListed()
    {
        await using var host = await ForwardAuthHost.StartAsync(ForwardAuthProxy.Caddy, settings => settings.Set("Gateway:ForwardAuth:AllowedAddresses:0", "10.0.0.0/8"));
        using var answer = await host.AskAsync("/check", s_public.Headers(ForwardAuthProxy.Caddy));
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        host.Gateway.Logs.Lines.ShouldContain(line => line.Contains("CallerRefused", StringComparison.Ordinal) && line.Contains("address", StringComparison.Ordinal));
        host.Gateway.Logs.Lines.ShouldNotContain(line => line.Contains(ForwardAuthHost.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers302_WhenTheProxyCanOnlyPassItOn()
    {
        await using var host = await ForwardAuthHost.StartAsync(ForwardAuthProxy.Traefik, settings => settings.Set("Gateway:ForwardAuth:SignInStatus", "302"));
        using var browser = await host.AskAsync("/check", [.. new Question().Headers(ForwardAuthProxy.Traefik), .. Question.Browser]);
        browser.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        browser.Headers.Location!.OriginalString.ShouldBe("http://localhost/.authdog/login?return=%2Fmembers%2F");
        using var program = await host.AskAsync("/check", new Question().Headers(ForwardAuthProxy.Traefik));
        program.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SendsABrowserToSignInAgain_WhenTheSessionIsTooOld()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await ForwardAuthHost.StartAsync(ForwardAuthProxy.Caddy, settings => settings.Configure = services => services.AddSingleton<TimeProvider>(time));
        var (cookie, _) = await host.Gateway.SignInAsync();
        string[] question = [.. new Question { Target = "/fresh/" }.Headers(ForwardAuthProxy.Caddy), $"Cookie: {cookie}", .. Question.Browser];
        using var fresh = await host.AskAsync("/check", question);
        fresh.StatusCode.ShouldBe(HttpStatusCode.OK);
        time.Advance(TimeSpan.FromMinutes(16));
        using var old = await host.AskAsync("/check", question);
        old.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        old.Headers.Location!.OriginalString.ShouldBe("/.authdog/login?return=%2Ffresh%2F&max_age=900");
        old.Headers.GetValues("X-Authdog-Answer").ShouldBe(["redirect"]);
    }

    [Fact]
    [Trait("Threat", "B6")]
    public async Task Answers503_WhenTheStoreIsAway()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await ForwardAuthHost.StartAsync(ForwardAuthProxy.Caddy, settings => settings.Set("Redis:ConnectionString", redis.ConnectionString));
        redis.Kill();
        using var answer = await host.AskAsync("/check", [.. new Question().Headers(ForwardAuthProxy.Caddy), "Cookie: authdog=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task ReadsTheSecretFromAFileAndAnotherHeader()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, ForwardAuthHost.Secret + "\n");
        await using var host = await ForwardAuthHost.StartAsync(ForwardAuthProxy.Caddy, settings => settings
            .Set("Gateway:ForwardAuth:SharedSecret", null)
            .Set("Gateway:ForwardAuth:SharedSecretFile", file)
            .Set("Gateway:ForwardAuth:SharedSecretHeader", "Authorization"));
        using var wrong = await host.AskAsync("/check", s_public.Headers(ForwardAuthProxy.Caddy));
        wrong.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/check");
        ForwardAuthHost.Add(request, [.. s_public.Headers(ForwardAuthProxy.Caddy), "Authorization: " + ForwardAuthHost.Secret]);
        using var right = await host.Client.SendAsync(request);
        right.StatusCode.ShouldBe(HttpStatusCode.OK);
        File.Delete(file);
    }

    [Fact]
    public async Task TakesOnlyTheListedClientCertificate_WhenOneIsAskedFor()
    {
        var folder = Directory.CreateTempSubdirectory("authdog-certificates-").FullName;
        using var server = Make(folder, "server");
        using var proxy = Make(folder, "proxy");
        using var stranger = Make(folder, "proxy", write: false);
        await using var host = await ForwardAuthHost.StartAsync(ForwardAuthProxy.Traefik, settings => settings
            .Set("Gateway:ForwardAuth:Url", "https://127.0.0.1:0")
            .Set("Gateway:ForwardAuth:SharedSecret", null)
            .Set("Gateway:ForwardAuth:CertificateFile", Path.Combine(folder, "server.crt"))
            .Set("Gateway:ForwardAuth:CertificateKeyFile", Path.Combine(folder, "server.key"))
            .Set("Gateway:ForwardAuth:ClientCertificateFile", Path.Combine(folder, "proxy.crt")));

        (await AskAsync(host, proxy)).ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<HttpRequestException>(() => AskAsync(host, stranger));
        await Should.ThrowAsync<HttpRequestException>(() => AskAsync(host, null));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<HttpStatusCode> AskAsync(ForwardAuthHost host, X509Certificate2? certificate)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.Subject == "CN=server";
        handler.SslOptions.ClientCertificates = certificate is null ? [] : [certificate];
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Url, "/check"));
        ForwardAuthHost.Add(request, s_public.Headers(ForwardAuthProxy.Traefik));
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static X509Certificate2 Make(string folder, string name, bool write = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        if (write)
        {
            File.WriteAllText(Path.Combine(folder, name + ".crt"), made.ExportCertificatePem());
            File.WriteAllText(Path.Combine(folder, name + ".key"), key.ExportPkcs8PrivateKeyPem());
        }

        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
