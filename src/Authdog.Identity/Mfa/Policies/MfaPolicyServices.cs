using Authdog.Identity.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Mfa.Policies;

/// <summary>Registers the policy on second steps.</summary>
internal static class MfaPolicyServices
{
    public static IServiceCollection AddMfaPolicy(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MfaOptions>()
            .Bind(configuration.GetSection(MfaOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<MfaOptions>, MfaOptions.Validator>();
        services.AddTenantOptions<MfaOptions>(MfaOptions.Section);
        services.AddScoped<MfaPolicy>();
        return services;
    }
}
