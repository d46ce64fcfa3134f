using Authdog.Identity.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Recovery;

/// <summary>Registers recovery.</summary>
internal static class RecoveryServices
{
    public static IServiceCollection AddRecovery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RecoveryOptions>()
            .Bind(configuration.GetSection(RecoveryOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<RecoveryOptions>, RecoveryOptions.Validator>();
        services.AddScoped<RecoveryLinks>();
        services.AddTenantOptions<RecoveryOptions>(RecoveryOptions.Section);
        services.AddScoped<RecoveryRequest>();
        services.AddScoped<RecoveryCeremony>();
        services.AddScoped<SecondStepRecovery>();
        return services;
    }
}
