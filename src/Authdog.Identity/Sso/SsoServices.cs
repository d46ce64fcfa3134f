using Authdog.Identity.Login;
using Authdog.Identity.Tenants;
using Authdog.Identity.Upkeep;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso;

internal static class SsoServices
{
    public static IServiceCollection AddSso(this IServiceCollection services, IConfiguration configuration)
    {
        // Not bound strictly: the section has parts of other features. The check of all settings refuses unknown keys.
        services.AddOptions<SsoOptions>().Bind(configuration.GetSection(SsoOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SsoOptions>, SsoOptions.Validator>());
        services.AddTenantOptions<SsoOptions>(SsoOptions.Section);
        services.TryAddSingleton<Connections>();
        services.TryAddSingleton<TenantDomains>();
        services.TryAddSingleton<EnforcedSessions>();
        services.TryAddSingleton<ConnectionChanges>();
        services.TryAddSingleton<ConnectionSecrets>();
        services.TryAddSingleton<PendingLinks>();
        services.TryAddSingleton<TrialReports>();
        services.TryAddSingleton<ProviderHttp>();
        services.AddHostedService<ConnectionStartup>();
        services.AddScoped<IUpkeep, EnforcedUpkeep>();
        services.TryAddScoped<HomeRealmDiscovery>();
        services.TryAddScoped<ConnectionAddresses>();
        services.TryAddScoped(static provider => new ConnectionTrial(provider.GetServices<IConnectionProtocol>()));
        services.TryAddScoped<ExternalIdentities>();
        services.TryAddScoped<ExternalProfile>();
        services.TryAddScoped<ExternalFailures>();
        services.TryAddScoped<ExternalSignIn>();
        services.TryAddScoped<ExternalAttachment>();
        services.TryAddScoped<IdentityNotices>();
        services.TryAddScoped<PendingLinking>();
        services.AddScoped(static provider => new LoginMandate(provider.GetRequiredService<HomeRealmDiscovery>().MandateAsync));
        services.TryAddScoped<ConnectionSignOut>();
        services.AddScoped(static provider => new SignOutElsewhere(provider.GetRequiredService<ConnectionSignOut>().FindAsync));
        services.TryAddScoped<UpstreamSessions>();
        services.AddScoped<ISignInListener>(static provider => provider.GetRequiredService<UpstreamSessions>());
        services.AddSingleton(new LoginMethodName(ConnectionMethod.MethodName));
        services.TryAddScoped<ConnectionMethod>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IAuthenticationMethod, ConnectionMethod>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IIdentitySource, ConnectionMethod>());
        services.AddSingleton(new LoginAfterwards(static async (context, flow, user) =>
        {
            await context.RequestServices.GetRequiredService<PendingLinking>().LinkAsync(context, flow, user);
            return null;
        }));
        return services;
    }
}
