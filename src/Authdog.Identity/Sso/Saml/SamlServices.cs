using Authdog.Identity.Tenants;
using Authdog.Identity.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Registers SAML connections.</summary>
internal static class SamlServices
{
    public static IServiceCollection AddSaml(this IServiceCollection services)
    {
        services.AddSingleton<SamlKeys>();
        services.AddSingleton<SamlAddresses>();
        services.AddSingleton<SamlConnections>();
        services.AddSingleton<SamlDocuments>();
        services.AddSingleton<SamlRefresh>();
        services.AddSingleton<SamlCheck>();
        services.AddSingleton<SamlAnswers>();
        services.AddSingleton<SamlSignOut>();
        services.AddSingleton<SamlTrials>();
        services.AddSingleton<SamlTransport>();
        services.AddSingleton(provider => new SamlSetup(
            provider.GetRequiredService<SamlConnections>(),
            provider.GetRequiredService<SamlDocuments>(),
            provider.GetRequiredService<SamlKeys>(),
            provider.GetRequiredService<SamlRefresh>(),
            provider.GetRequiredService<ConnectionChanges>(),
            provider.GetRequiredService<TenantCache>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<SamlNames>();
        services.AddScoped<SamlSignIn>();
        services.AddScoped<SamlSingleLogout>();
        services.AddScoped<IUpkeep, SamlUpkeep>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IConnectionProtocol, SamlProtocol>());
        return services;
    }
}
