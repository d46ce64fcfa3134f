using Authdog.Identity.Accounts;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Organizations;

/// <summary>Registers the organization picker.</summary>
internal static class OrganizationServices
{
    public static IServiceCollection AddOrganizations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OrganizationOptions>()
            .Bind(configuration.GetSection(OrganizationOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<OrganizationOptions>, OrganizationOptions.Validator>();
        services.AddSingleton<OrganizationDirectory>();
        services.AddScoped<OrganizationCeremony>();
        services.AddScoped<OrganizationAccount>();
        services.AddSingleton(new LoginAfterwards(OrganizationAccount.AfterwardsAsync));
        if (configuration.GetValue($"{OrganizationOptions.Section}:{nameof(OrganizationOptions.Offered)}", defaultValue: false))
        {
            services.AddSingleton(new AccountSection(OrganizationAccount.AccountPath, "Organizations.Title", "Organizations.Summary", Order: 50) { Tab = "Organizations.Tab" });
            services.AddSingleton(new LoginLink(PagePaths.Organizations, "Organizations.Other", OrganizationCeremony.IsShared));
        }

        return services;
    }
}
