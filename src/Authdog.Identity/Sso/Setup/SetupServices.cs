using Authdog.Identity.Audit;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Sso.Saml;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Sso.Setup;

/// <summary>Registers setting up by invitation.</summary>
internal static class SetupServices
{
    public static IServiceCollection AddSetup(this IServiceCollection services)
    {
        services.AddSingleton<SetupInvites>();
        services.AddSingleton<SetupSession>();
        services.AddSingleton(provider => new SetupLinks(
            provider.GetRequiredService<SetupInvites>(),
            provider.GetRequiredService<Connections>(),
            provider.GetRequiredService<SamlSetup>(),
            provider.GetRequiredService<OidcSetup>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<TenantCache>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<SetupGate>();
        services.AddScoped<SetupClient>();
        services.AddScoped<SetupCeremony>();
        services.AddScoped<SetupTest>();
        return services;
    }
}
