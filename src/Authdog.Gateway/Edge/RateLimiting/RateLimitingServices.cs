using Authdog.Console.Api;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.RateLimiting;

internal static class RateLimitingServices
{
    public static IServiceCollection AddRateLimiting(this IServiceCollection services, IConfiguration configuration)
    {
        // Not bound strictly: the section has parts of other features. The check of all settings refuses unknown keys.
        services.AddOptions<RateLimitingOptions>().Bind(configuration.GetSection(RateLimitingOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RateLimitingOptions>, RateLimitingOptions.Validator>();
        services.AddRateLimiter(static _ => { });
        services.AddSingleton<RateRules>();
        services.AddSingleton<RateLimitMetrics>();
        services.AddSingleton<RateReport>();
        services.AddSingleton<RateRefusal>();
        services.AddSingleton<ApiKeyLimits>();
        services.AddSingleton(provider => new ApiKeyPermits(provider.GetRequiredService<ApiKeyLimits>().TakeAsync));
        return services;
    }
}
