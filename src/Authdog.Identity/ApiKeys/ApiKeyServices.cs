using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.ApiKeys;

/// <summary>Registers the keys of the management API.</summary>
internal static class ApiKeyServices
{
    public static IServiceCollection AddApiKeys(this IServiceCollection services) => services
        .AddSingleton<ApiKeyDirectory>()
        .AddSingleton<ApiKeyVerifier>();
}
