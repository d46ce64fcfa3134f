using Authdog.Identity.Audit;
using Authdog.Identity.Login;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Domains;

/// <summary>Registers verified domains.</summary>
internal static class DomainServices
{
    public static IServiceCollection AddDomains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DomainOptions>()
            .Bind(configuration.GetSection(DomainOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<DomainOptions>, DomainOptions.Validator>();
        services.AddSingleton<TxtResolver>();
        services.AddSingleton(provider => new DomainVerification(
            provider.GetRequiredService<IDbContextFactory<DirectoryContext>>(),
            provider.GetRequiredService<TxtResolver>(),
            provider.GetRequiredService<ConnectionChanges>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DomainVerification>>()));
        services.AddScoped<IUpkeep, DomainRecheck>();
        services.AddSingleton<DomainJoin>();
        services.AddScoped<DomainCapture>();
        services.AddScoped(static provider =>
        {
            var (join, tenant) = (provider.GetRequiredService<DomainJoin>(), provider.GetRequiredService<CurrentTenant>());
            return new SignUpAdmission(cancel => join.IsOpenAsync(tenant.Id, cancel), (email, cancel) => join.RolesAsync(tenant.Id, email, cancel));
        });
        services.AddScoped(static provider => new SignUpCapture(provider.GetRequiredService<DomainCapture>().FindAsync));
        return services;
    }
}
