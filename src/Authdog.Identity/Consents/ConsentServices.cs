using Authdog.Identity.Accounts;
using Authdog.Identity.Login;
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
        services.AddSingleton<Wordings>();
        services.AddScoped<ConsentLedger>();
        services.AddScoped<IPersonalRecords>(provider => provider.GetRequiredService<ConsentLedger>());
        services.AddScoped(provider => new LoginCondition(ConsentEndpoints.AskPath, provider.GetRequiredService<ConsentLedger>().IsMetAsync));
        services.AddScoped<ConsentForm>();
        services.AddScoped<ConsentCeremony>();
        services.AddScoped<ConsentAccount>();
        if (configuration.GetSection($"{ConsentOptions.Section}:{nameof(ConsentOptions.Documents)}").GetChildren().Any())
        {
            services.AddSingleton(new AccountSection(ConsentEndpoints.AccountPath, "Consents.Title", "Consents.Summary", Order: 50));
        }

        return services;
    }
}
