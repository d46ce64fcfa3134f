using Authdog.Identity.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Redis;

internal static class RedisServices
{
    public static IServiceCollection AddRedis(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RedisOptions>()
            .Bind(configuration.GetSection(RedisOptions.Section), o => o.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisOptions>, RedisOptions.Validator>());
        services.TryAddSingleton(new DataFolder(Path.GetFullPath(configuration["Gateway:DataPath"] ?? "data")));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EmbeddedRedis>();
        services.TryAddSingleton<RedisConnection>();
        services.TryAddSingleton(provider => new OneTimeTokenStore(provider.GetRequiredService<RedisConnection>()));
        services.TryAddSingleton<TenantKeys>();
        services.TryAddSingleton(provider => new CounterStore(provider.GetRequiredService<RedisConnection>()));
        services.TryAddSingleton(provider => new RecordStore(provider.GetRequiredService<RedisConnection>()));
        services.TryAddSingleton(provider => new BlobStore(provider.GetRequiredService<RedisConnection>()));
        services.TryAddSingleton(provider => new JournalStore(provider.GetRequiredService<RedisConnection>()));
        services.TryAddSingleton(provider => new InvalidationChannel(provider.GetRequiredService<RedisConnection>(), provider.GetRequiredService<ILogger<InvalidationChannel>>()));
        services.AddHostedService<RedisStartup>();
        return services;
    }
}
