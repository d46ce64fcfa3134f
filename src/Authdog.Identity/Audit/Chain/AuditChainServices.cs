using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Authdog.Identity.Audit.Chain;

/// <summary>Registers the chain of audit events.</summary>
internal static class AuditChainServices
{
    public static IServiceCollection AddAuditChain(this IServiceCollection services)
    {
        services.TryAddSingleton<AuditSignal>();
        services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<AuditSignal>());
        services.TryAddSingleton(provider => new AuditSealer(
            provider.GetRequiredService<IDbContextFactory<DirectoryContext>>(), provider.GetRequiredService<AuditKeys>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new AuditVerifier(
            provider.GetRequiredService<IDbContextFactory<DirectoryContext>>(), provider.GetRequiredService<AuditSealer>(), provider.GetRequiredService<AuditKeys>()));
        services.TryAddSingleton(provider => new AuditReader(
            provider.GetRequiredService<IDbContextFactory<DirectoryContext>>(), provider.GetRequiredService<AuditSealer>()));
        services.AddHostedService<AuditSealing>();
        return services;
    }
}
