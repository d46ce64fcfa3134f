using System.Collections.Immutable;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authdog.Gateway.Tests.Hosting;

/// <summary>The real pipeline on real Kestrel, with embedded stores in a folder of its own. Start one per class.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private GatewayHost(WebApplication app, string folder, LogCapture logs)
    {
        (_app, _folder, Logs) = (app, folder, logs);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        Addresses = [.. addresses.Select(address => new Uri(address))];
        Url = new Uri(addresses[0]);
        Http2Url = new Uri(addresses.Length > 1 ? addresses[1] : addresses[0]);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Url };
    }

    /// <summary>All listeners, by the names of their endpoints.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>HTTP/1.1 listener.</summary>
    public Uri Url { get; }

    /// <summary>HTTP/2 listener without TLS.</summary>
    public Uri Http2Url { get; }

    /// <summary>A client of <see cref="Url"/> that neither follows redirects nor keeps cookies.</summary>
    public HttpClient Client { get; }

    /// <summary>Every log line since the start.</summary>
    public LogCapture Logs { get; }

    /// <summary>The gateway's services.</summary>
    public IServiceProvider Services => _app.Services;

    public static async Task<GatewayHost> StartAsync(GatewayHostSettings settings)
    {
        var folder = Directory.CreateTempSubdirectory("authdog-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.ToConfiguration(folder));
        var logs = new LogCapture();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.WebHost.UseKestrelHttpsConfiguration();
        if (builder.Configuration["Urls"] is null && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.Configuration["Kestrel:Endpoints:A:Url"] = $"http://127.0.0.1:{settings.Port}";
            builder.Configuration["Kestrel:Endpoints:B:Url"] = "http://127.0.0.1:0";
            builder.Configuration["Kestrel:Endpoints:B:Protocols"] = "Http2";
        }

        settings.WritePolicies(Path.Combine(folder, "policies"));
        GatewayServices.AddAuthdogGateway(builder.Services, builder.Configuration);
        settings.Configure?.Invoke(builder.Services);

        var app = builder.Build();
        await GatewayHostParts.PrepareAsync(app.Services);
        app.UseAuthdogGateway(settings.MapOwn);
        await app.StartAsync();
        return new GatewayHost(app, folder, logs);
    }

    /// <summary>A live session of a new person; returns the value of the <c>Cookie</c> header and the session.</summary>
    public Task<(string Cookie, Session Session)> SignInAsync(string email = "ada@example.com", string name = "Ada", params string[] roles) =>
        SignInAsync(UserId.New(TimeProvider.System.GetUtcNow()), email, [AuthenticationFactor.Password(TimeProvider.System.GetUtcNow())], name, roles);

    /// <summary>A live session of a certain person that rests on certain proofs.</summary>
    public async Task<(string Cookie, Session Session)> SignInAsync(UserId user, string email, ImmutableArray<AuthenticationFactor> factors, string name = "Ada", params string[] roles)
    {
        var session = new NewSession(
            TenantId.Default,
            user,
            new SessionProfile(email, EmailVerified: true, name, [.. roles]),
            factors,
            UserAgent: null,
            RemoteAddress: null);
        var (token, issued) = await Services.GetRequiredService<SessionStore>().IssueAsync(session, replaces: null, CancellationToken.None);
        return ($"authdog={token.Value}", issued);
    }

    /// <summary>A GET with further headers.</summary>
    public async Task<HttpResponseMessage> GetAsync(string target, params string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim()).ShouldBeTrue();
        }

        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
