using Authdog.Identity.Login;
using Authdog.Identity.Sso;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Social;

internal static class SocialServices
{
    public static IServiceCollection AddSocial(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SocialOptions>()
            .Bind(configuration.GetSection(SocialOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SocialOptions>, SocialOptions.Validator>());
        services.AddTenantOptions<SocialOptions>(SocialOptions.Section);
        services.TryAddSingleton<SocialProviders>();
        services.TryAddScoped<OAuthProtocol>();
        services.AddSingleton(new LoginMethodName(SocialMethod.MethodName));
        services.TryAddScoped<SocialMethod>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IAuthenticationMethod, SocialMethod>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IIdentitySource, SocialMethod>());
        return services;
    }
}
