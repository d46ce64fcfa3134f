using Authdog.Identity.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login;

/// <summary>Registers login.</summary>
internal static class LoginServices
{
    public static IServiceCollection AddLogin(this IServiceCollection services, IConfiguration configuration)
    {
        // Not bound strictly: the section has parts of other features. The check of all settings refuses unknown keys.
        services.AddOptions<LoginOptions>()
            .Bind(configuration.GetSection(LoginOptions.Section))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<LoginOptions>, LoginOptions.Validator>();
        services.AddTenantOptions<LoginOptions>(LoginOptions.Section);
        services.AddSingleton<BrowserBinding>();
        services.AddSingleton<KnownBrowsers>();
        services.AddSingleton<SealedLogin>();
        services.AddSingleton<LoginTransactions>();
        services.AddSingleton<ExternalChallenges>();
        services.AddOptions<CeremonyLimitOptions>()
            .Bind(configuration.GetSection(CeremonyLimitOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<CeremonyLimitOptions>, CeremonyLimitOptions.Validator>();
        services.AddSingleton<CeremonyReport>();
        services.AddSingleton<CeremonyLimits>();
        services.AddSingleton<LoginAttempts>();
        services.AddSingleton<SecondStepResets>();
        services.AddScoped<LoginCompletion>();
        services.AddScoped<LoginMandates>();
        services.AddScoped<SignUpAdmissions>();
        services.AddScoped<LoginSteps>();
        services.AddScoped<WaysIn>();
        services.AddScoped<LoginProofs>();
        services.AddScoped<LoginPages>();
        services.AddScoped<LoginCeremony>();
        services.AddScoped<LogoutCeremony>();
        return services;
    }
}
