using Authdog.Identity.Login;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.SignUp;

/// <summary>Registers sign-up.</summary>
internal static class SignUpServices
{
    public static IServiceCollection AddSignUp(this IServiceCollection services, IConfiguration configuration)
    {
        // Not bound strictly: the section has a part of its own (Domains). The check of all settings refuses unknown keys.
        services.AddOptions<SignUpOptions>()
            .Bind(configuration.GetSection(SignUpOptions.Section))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignUpOptions>, SignUpOptions.Validator>();
        services.AddTenantOptions<SignUpOptions>(SignUpOptions.Section);
        services.AddScoped(provider => new SignUpOffer(provider.GetRequiredService<TenantOptions<SignUpOptions>>().Value.Enabled));
        services.AddSingleton<PendingSignUps>();
        services.AddScoped<SignUpCeremony>();
        services.AddScoped<VerificationCeremony>();
        return services;
    }
}
