using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Upkeep;

internal static class UpkeepServices
{
    public static IServiceCollection AddUpkeep(this IServiceCollection services) => services
        .AddSingleton<UpkeepJob>()
        .AddHostedService(provider => provider.GetRequiredService<UpkeepJob>());
}
