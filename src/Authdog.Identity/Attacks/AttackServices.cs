using Authdog.Identity.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Attacks;

internal static class AttackServices
{
    public static IServiceCollection AddAttacks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AttackOptions>()
            .Bind(configuration.GetSection(AttackOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<AttackOptions>, AttackOptions.Validator>();
        services.AddMetrics();
        services.AddSingleton<AttackMetrics>();
        services.AddSingleton(provider => new AttackStore(provider.GetRequiredService<RedisConnection>()));
        services.AddSingleton<AttackWatch>();
        services.AddHostedService<LimitOutages>();
        return services;
    }
}
