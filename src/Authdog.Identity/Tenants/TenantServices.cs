using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Authdog.Identity.Tenants;

internal static class TenantServices
{
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.TryAddScoped<CurrentTenant>();
        services.TryAddSingleton<TenantDirectory>();

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
}
