using Authdog.Identity.Bots;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.BotProtection;

internal static class BotProtectionServices
{
    public static IServiceCollection AddBotProtection(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CrawlerOptions>()
            .Bind(configuration.GetSection(CrawlerOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<CrawlerOptions>, CrawlerOptions.Validator>();
        services.AddSingleton<CrawlerPatterns>();
        services.AddSingleton<CrawlerVerifier>();
        services.AddHostedService(static provider => provider.GetRequiredService<CrawlerVerifier>());
        services.AddSingleton<HostingNetworks>();
        services.AddSingleton<ClientRates>();
        services.AddSingleton<BotMetrics>();
        services.AddSingleton<BotScorer>();

        // Asked for by the first score alone: challenges score requests, and a score looks at challenges.
        services.AddSingleton(static provider => new BotScoring(context => provider.GetRequiredService<BotScorer>().Of(context)));
        return services;
    }
}
