using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Redis.Rates;

internal static class RateServices
{
    public static IServiceCollection AddRates(this IServiceCollection services, IConfiguration configuration)
    {
        // Not bound strictly: the section has parts of other features. The check of all settings refuses unknown keys.
        services.AddOptions<RateOptions>().Bind(configuration.GetSection(RateOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RateOptions>, RateOptions.Validator>());
        services.AddMetrics();
        services.TryAddSingleton<RateMetrics>();
        services.TryAddSingleton(provider => new RateLimits(
            provider.GetRequiredService<RedisConnection>(),
            provider.GetRequiredService<RateMetrics>(),
            provider.GetRequiredService<IOptions<RateOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RateLimits>>()));
        return services;
    }
}
