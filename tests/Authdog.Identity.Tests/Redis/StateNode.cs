using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Authdog.Identity.Tests.Redis;

/// <summary>One gateway node as far as shared state goes: its own connection and snapshot.</summary>
internal sealed class StateNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private StateNode(ServiceProvider services) => _services = services;

    public static TenantId Tenant => TenantId.Default;

    public SessionStore Sessions => Get<SessionStore>();

    public OneTimeTokenStore Tokens => Get<OneTimeTokenStore>();

    public CounterStore Counters => Get<CounterStore>();

    public RateLimits Rates => Get<RateLimits>();

    public RecordStore Records => Get<RecordStore>();

    public RedisConnection Connection => Get<RedisConnection>();

    public EmbeddedRedis Embedded => Get<EmbeddedRedis>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static Task<StateNode> StartAsync(string place, TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        // A place with a '!' is a connection string of a unix socket; any other is a data folder.
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)))
            .AddInMemoryCollection(place.StartsWith('!')
                ? [new("Redis:ConnectionString", place)]
                : [new("Gateway:DataPath", place)])
            .Build();
        return StartAsync(configuration, clock);
    }

    public static NewSession Ada(UserId user, params string[] roles) =>
        new(Tenant, user, Profile(roles), [AuthenticationFactor.Password(TimeProvider.System.GetUtcNow())], "Tests", "192.0.2.1");

    public static SessionProfile Profile(params string[] roles) => new("ada@example.com", EmailVerified: true, "Ada", [.. roles]);

    public static UserId NewUser() => UserId.New(TimeProvider.System.GetUtcNow());

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static async Task<StateNode> StartAsync(IConfiguration configuration, TimeProvider? clock)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.TryAddSingleton(new DataFolder(Path.GetFullPath(configuration["Gateway:DataPath"] ?? "unused")));
        if (clock is not null)
        {
            services.AddSingleton(clock);
        }

        var terms = SessionTerms.Of(configuration.GetSection(SessionOptions.Section).Get<SessionOptions>() ?? new SessionOptions());
        services.AddSingleton(new TenantTerms(_ => terms, (_, _) => Task.FromResult<SessionTerms?>(terms)));
        services.AddRedis(configuration);
        services.AddRates(configuration);
        services.AddSessions(configuration);
        var node = new StateNode(services.BuildServiceProvider());
        try
        {
            foreach (var startup in node._services.GetServices<IHostedService>().Where(s => s is RedisStartup or SessionStartup))
            {
                await startup.StartAsync(CancellationToken.None);
            }
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }

        return node;
    }
}
