using Authdog.Identity.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso.Oidc;

internal static class OidcServices
{
    public static IServiceCollection AddOidc(this IServiceCollection services)
    {
        services.TryAddSingleton<OidcProviders>();
        services.TryAddSingleton<OidcSetup>();
        services.TryAddSingleton<OidcBackchannel>();
        services.TryAddSingleton<ProviderTokenVerifier>();
        services.TryAddScoped<UpstreamTokens>();
        services.TryAddScoped(static provider => new UpstreamAccess(
            provider.GetRequiredService<Connections>(),
            provider.GetRequiredService<OidcProviders>(),
            provider.GetRequiredService<OidcBackchannel>(),
            provider.GetRequiredService<UpstreamTokens>(),
            provider.GetRequiredService<RecordStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<UpstreamAccess>>()));
        services.TryAddSingleton<OidcAnswers>();
        services.TryAddScoped<OidcTrials>();
        services.TryAddScoped<OidcProtocol>();
        services.TryAddScoped<OidcCeremony>();
        services.TryAddScoped<BackChannelLogout>();
        services.AddScoped<IConnectionProtocol>(static provider => provider.GetRequiredService<OidcProtocol>());
        return services;
    }
}
