using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Accounts;

/// <summary>Registers self-service.</summary>
internal static class AccountServices
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddScoped<AccountPages>();
        services.AddScoped<FreshAuthentication>();
        services.AddScoped<StrongestAuthentication>();
        services.AddScoped<AccountCeremony>();
        services.AddScoped<PasswordForms>();
        services.AddScoped<PasswordChange>();
        services.AddSingleton(new AccountSection(AccountPaths.Security, "Security.Title", "Security.Summary", Order: 20) { Tab = "Security.Tab" });
        services.AddSingleton(new AccountSection(AccountPaths.Password, "Security.PasswordTitle", "Security.PasswordSummary", Order: 10) { Parent = AccountPaths.Security });
        return services;
    }
}
