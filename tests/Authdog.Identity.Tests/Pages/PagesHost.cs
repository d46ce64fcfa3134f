using System.Net;
using System.Security.Cryptography.X509Certificates;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Pages;

/// <summary>The identity pages on a real Kestrel with the embedded store and SQLite in a folder of their own.</summary>
public sealed class PagesHost : IAsyncLifetime
{
    /// <summary>What links in mail begin with; on purpose not where the host listens.</summary>
    public const string PublicUrl = "http://gateway.test";

    private readonly Dictionary<string, string?> _settings = new()
    {
        ["Login:AttemptsPerAddress"] = "100000",

        // Everybody comes from one address here, and many fail on purpose.
        ["BotProtection:Attacks:Enabled"] = "false",
        ["SignUp:SignUpsPerNetwork"] = "100000",
        ["SignUp:MessagesPerAddress"] = "100",
        ["Login:Recovery:RequestsPerNetwork"] = "100000",
        ["Login:Recovery:MessagesPerAddress"] = "100",
        ["Mail:Limits:PerRecipientAnHour"] = "1000",
        ["Mail:Limits:PerRecipientADay"] = "10000",
        ["Mail:Limits:PerSourceAnHour"] = "1000000",
        ["RateLimiting:Ceremonies:PerAccountAndAddress"] = "10000",
        ["RateLimiting:Ceremonies:PerTenant"] = "10000000",
    };

    private WebApplication? _app;

    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), "authdog-pages-" + Guid.NewGuid().ToString("N"));

    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public CapturedLogs Logs { get; } = new();

    public Mailbox Mail => new(Path.Combine(Folder, "outbox"));

    public Uri Address => new(_app!.Urls.First());

    public IServiceProvider Services => _app!.Services;

    /// <summary>Where people reach it.</summary>
    public Uri Reach { get; set; } = new(PublicUrl);

    /// <summary>Where it listens.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:0";

    /// <summary>What it shows where it listens for TLS.</summary>
    public X509Certificate2? Certificate { get; set; }

    public PagesHost With(string key, string value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>Services in the place of the product's.</summary>
    public Action<IServiceCollection> Replace { get; set; } = static _ => { };

    /// <summary>A browser, at 127.0.0.1 or at another loopback address.</summary>
    public Browser NewBrowser(string? from = null) => new(Address, from);

    /// <summary>How many records of a kind the store holds.</summary>
    public async Task<int> CountRecordsAsync(string kind)
    {
        var multiplexer = await Services.GetRequiredService<RedisConnection>().StartAsync(CancellationToken.None);
        return await multiplexer.GetServers()[0].KeysAsync(pattern: $"authdog:*:record:{kind}:*").CountAsync();
    }

    /// <summary>What the store keeps in an area, as text.</summary>
    public async Task<string> DumpAsync(string area)
    {
        var multiplexer = await Services.GetRequiredService<RedisConnection>().StartAsync(CancellationToken.None);
        var text = new System.Text.StringBuilder();
        await foreach (var key in multiplexer.GetServers()[0].KeysAsync(pattern: $"authdog:*:{area}:*"))
        {
            text.Append(key).Append(' ').AppendJoin(' ', await multiplexer.GetDatabase().KeyTypeAsync(key) is StackExchange.Redis.RedisType.Set
                ? await multiplexer.GetDatabase().SetMembersAsync(key)
                : []).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The live session of a browser.</summary>
    public async Task<Session> SessionAsync(Browser browser) =>
        await Services.GetRequiredService<SessionStore>().FindAsync(browser.Cookie("authdog"), CancellationToken.None) is SessionLookup.Found found
            ? found.Session
            : throw new InvalidOperationException("This browser is not signed in.");

    /// <summary>Stops and starts anew on the same folder, with some settings changed.</summary>
    public async Task RestartAsync(IReadOnlyDictionary<string, string> changed)
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        foreach (var (key, value) in changed)
        {
            _settings[key] = value;
        }

        await InitializeAsync();
    }

    /// <summary>Sets what the default tenant sets for itself.</summary>
    public Task<TenantChange> SetSettingsAsync(string json) =>
        Services.GetRequiredService<TenantChanges>().SetSettingsAsync(TenantId.Default, json, CancellationToken.None);

    /// <summary>A scope of the default tenant, as a request has it.</summary>
    public async Task<AsyncServiceScope> ScopeAsync()
    {
        var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Record = (await Services.GetRequiredService<TenantCache>().FindAsync(TenantId.Default, CancellationToken.None))!;
        return scope;
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(Listen);
        if (Certificate is { } certificate)
        {
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(tls => tls.ServerCertificate = certificate));
        }

        builder.Configuration.AddInMemoryCollection(_settings).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Gateway:DataPath"] = Folder,
            ["Mail:OutboxPath"] = Path.Combine(Folder, "outbox"),
        });
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs);
        builder.Services.AddRouting();
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddAuthdogIdentity(builder.Configuration);
        Replace(builder.Services);
        builder.Services.Replace(ServiceDescriptor.Singleton(new ClientPlaces(static (address, culture) => IPAddress.IsLoopback(address) ? culture.Name == "de" ? "München, Deutschland" : "Munich, Germany" : null)));
        builder.Services.Configure<PublicUrlOptions>(options => options.PublicUrl = Reach);
        _app = builder.Build();
        await _app.Services.GetRequiredService<DirectoryMigrator>().PrepareAsync(CancellationToken.None);
        _app.Use(async (context, next) =>
        {
            // As at the edge: a host that is a tenant's own names it.
            var addresses = context.RequestServices.GetRequiredService<TenantAddresses>();
            await addresses.ReadAsync(context.RequestAborted);
            addresses.TryFind(context.Request.Host.Host, out var named);
            var tenant = await context.RequestServices.GetRequiredService<TenantCache>().FindAsync(named ?? TenantId.Default, context.RequestAborted);
            context.RequestServices.GetRequiredService<CurrentTenant>().Record = tenant!;
            context.Features.Set(new TenantFeature(tenant!));
            await next(context);
        });
        _app.UseRouting();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapAuthdogIdentity();
        _app.MapGet("/fail/{kind}", (ErrorKind kind, HttpContext context, ErrorPages errors) => errors.Page(context, kind, "a reference"));
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
