using Authdog.Identity.Upkeep;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Audit.Retention;

/// <summary>Registers how long audit events are kept.</summary>
internal static class AuditRetentionServices
{
    public static IServiceCollection AddAuditRetention(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuditOptions>()
            .Bind(configuration.GetSection(AuditOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuditOptions>, AuditOptions.Validator>();
        services.AddScoped<IUpkeep, AuditRetention>();
        return services;
    }
}
