using Authdog.Identity.Login;
using Authdog.Identity.Notices;
using Authdog.Identity.Tenants;
using Authdog.Identity.Upkeep;
using Authdog.Identity.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Accounts.Deletion;

/// <summary>Registers deletion.</summary>
internal static class DeletionServices
{
    public static IServiceCollection AddDeletion(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DeletionOptions>()
            .Bind(configuration.GetSection(DeletionOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeletionOptions>, DeletionOptions.Validator>();
        services.AddScoped<Deletions>();
        services.AddScoped<UserRemoval>();
        services.AddScoped<Erasure>();
        services.AddScoped<IUpkeep>(provider => provider.GetRequiredService<Erasure>());
        services.AddScoped<ISecurityUndo, DeletionUndo>();
        services.AddScoped<ISignInListener, DeletionCancellation>();
        services.AddScoped<IPersonalRecords, DeletionRecords>();
        services.AddScoped<DeletionForms>();
        services.AddScoped<DeletionCeremony>();
        services.AddTenantOptions<DeletionOptions>(DeletionOptions.Section);
        services.AddSingleton(new AccountSection(AccountPaths.Deletion, "Deletion.Title", "Deletion.Summary", Order: 20)
        {
            Parent = AccountPaths.Records,
            IsOffered = static context => context.RequestServices.GetRequiredService<TenantOptions<DeletionOptions>>().Value.Enabled,
        });

        return services;
    }
}
