using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Accounts;

/// <summary>Registers self-service.</summary>
internal static class AccountServices
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddScoped<AccountPages>();
        services.AddScoped<AccountCeremony>();
        services.AddScoped<PasswordChange>();
        return services;
    }
}
