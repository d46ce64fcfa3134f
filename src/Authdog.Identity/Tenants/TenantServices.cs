using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tenants;

internal static class TenantServices
{
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.TryAddScoped<CurrentTenant>();
        services.TryAddSingleton<TenantDirectory>();
        services.TryAddSingleton<TenantCache>();
        services.TryAddSingleton<TenantAddresses>();
        services.TryAddSingleton(static provider => new TenantSettingsCheck(provider.GetServices<TenantSection>(), provider.GetServices<TenantSettingsRule>()));
        services.TryAddSingleton<TenantChanges>();
        services.AddHostedService<TenantStartup>();

        // The tenant is asked for at each query: a scope's context may be resolved before the edge has set it.
        services.TryAddScoped(provider =>
        {
            var tenant = provider.GetRequiredService<CurrentTenant>();
            var context = provider.GetRequiredService<IDbContextFactory<DirectoryContext>>().CreateDbContext();
            context.UseTenant(() => tenant.Id);
            return context;
        });
        return services;
    }

    /// <summary>Lets a tenant set those properties of an options class that carry <see cref="PerTenantAttribute"/>; read them as <see cref="TenantOptions{TOptions}"/>.</summary>
    public static IServiceCollection AddTenantOptions<TOptions>(this IServiceCollection services, string section)
        where TOptions : class, new()
    {
        services.TryAddSingleton(provider => new OptionsOverlay<TOptions>(
            section,
            provider.GetRequiredService<IOptions<TOptions>>(),
            provider.GetServices<IConfigureOptions<TOptions>>(),
            provider.GetServices<IPostConfigureOptions<TOptions>>(),
            provider.GetServices<IValidateOptions<TOptions>>()));
        services.AddSingleton<TenantSection>(provider => provider.GetRequiredService<OptionsOverlay<TOptions>>());
        services.TryAddScoped<TenantOptions<TOptions>>();
        return services;
    }
}
