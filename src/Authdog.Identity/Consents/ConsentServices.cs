using Authdog.Identity.Accounts;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Consents;

/// <summary>Registers consents.</summary>
internal static class ConsentServices
{
    public static IServiceCollection AddConsents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ConsentOptions>()
            .Bind(configuration.GetSection(ConsentOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConsentOptions>, ConsentOptions.Validator>();
        services.AddSingleton<IValidateOptions<ConsentOptions>, ConsentLanguages.Validator>();
        services.AddTenantOptions<ConsentOptions>(ConsentOptions.Section);
        services.AddSingleton(static provider => new TenantSettingsRule(settings => ConsentLanguages.Mistakes(
            provider.GetRequiredService<OptionsOverlay<ConsentOptions>>().With(settings),
            provider.GetRequiredService<OptionsOverlay<BrandOptions>>().With(settings))));
        services.AddScoped(static provider => Wordings.Of(provider.GetRequiredService<TenantOptions<ConsentOptions>>().Value));
        services.AddSingleton(ConsentClaim.Claim);
        services.AddScoped<ConsentLedger>();
        services.AddScoped<IPersonalRecords>(provider => provider.GetRequiredService<ConsentLedger>());
        services.AddScoped(provider => new LoginCondition(ConsentEndpoints.AskPath, provider.GetRequiredService<ConsentLedger>().IsMetAsync));
        services.AddScoped<ConsentForm>();
        services.AddScoped<ConsentCeremony>();
        services.AddScoped<ConsentAccount>();
        services.AddSingleton(new AccountSection(ConsentEndpoints.AccountPath, "Consents.Title", "Consents.Summary", Order: 50)
        {
            IsOffered = static context => context.RequestServices.GetRequiredService<Wordings>().Any,
        });

        return services;
    }
}
