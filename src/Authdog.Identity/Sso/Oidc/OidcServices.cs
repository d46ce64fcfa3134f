using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Authdog.Identity.Sso.Oidc;

internal static class OidcServices
{
    public static IServiceCollection AddOidc(this IServiceCollection services)
    {
        services.TryAddSingleton<OidcProviders>();
        services.TryAddSingleton<OidcBackchannel>();
        services.TryAddSingleton<ProviderTokenVerifier>();
        services.TryAddScoped<UpstreamTokens>();
        services.TryAddScoped<OidcProtocol>();
        services.TryAddScoped<OidcCeremony>();
        services.TryAddScoped<BackChannelLogout>();
        services.AddScoped<IConnectionProtocol>(static provider => provider.GetRequiredService<OidcProtocol>());
        return services;
    }
}
