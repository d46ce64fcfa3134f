using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Authdog.Identity.Audit;

internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.TryAddSingleton(AuditSource.Gateway);
        services.TryAddSingleton<AuditKeys>();
        services.TryAddSingleton<AuditWitness>();
        services.TryAddSingleton<AuditSampler>();
        services.TryAddSingleton(provider => new AuditLog(
            provider.GetRequiredService<IDbContextFactory<DirectoryContext>>(),
            provider.GetRequiredService<AuditWitness>(),
            provider.GetRequiredService<AuditSampler>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IInterceptor, KeyRotationAudit>());
        return services;
    }
}
