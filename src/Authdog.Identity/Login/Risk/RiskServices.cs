using Authdog.Identity.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login.Risk;

/// <summary>Registers the risk of sign-ins.</summary>
internal static class RiskServices
{
    public static IServiceCollection AddRisk(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RiskOptions>()
            .Bind(configuration.GetSection(RiskOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<RiskOptions>, RiskOptions.Validator>();
        services.AddTenantOptions<RiskOptions>(RiskOptions.Section);
        services.TryAddSingleton(SignInPlaces.Unknown);
        services.AddSingleton<NetworkFile>();
        services.AddScoped<RiskAssessor>();
        services.AddScoped<RiskGuard>();
        services.AddScoped<ISignInListener>(provider => provider.GetRequiredService<RiskGuard>());
        services.AddScoped(provider => new SignInGuard(provider.GetRequiredService<RiskGuard>().CheckAsync));
        services.AddScoped<RiskCeremony>();
        return services;
    }
}
