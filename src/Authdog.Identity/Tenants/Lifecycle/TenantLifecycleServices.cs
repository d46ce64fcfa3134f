using Authdog.Identity.Audit;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tenants.Lifecycle;

internal static class TenantLifecycleServices
{
    public static IServiceCollection AddTenantLifecycle(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TenancyOptions>()
            .Bind(configuration.GetSection(TenancyOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TenancyOptions>, TenancyOptions.Validator>());
        services.TryAddSingleton(provider => new TenantErasure(
            provider.GetRequiredService<IDbContextFactory<DirectoryContext>>(),
            provider.GetRequiredService<TenantKeys>(),
            provider.GetRequiredService<SessionStore>(),
            provider.GetRequiredService<TenantChanges>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<IOptions<TenancyOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TenantErasure>>()));
        services.AddHostedService<TenantErasureJob>();
        return services;
    }
}
