using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.ForwardAuth;

internal static class ForwardAuthServices
{
    public static IServiceCollection AddForwardAuth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ForwardAuthOptions>()
            .Bind(configuration.GetSection(ForwardAuthOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ForwardAuthOptions>, ForwardAuthOptions.Validator>();
        services.AddSingleton<ForwardAuthEntrance>();
        services.AddSingleton<ForwardAuthGate>();
        services.AddSingleton<ForwardAuthJudge>();
        services.AddSingleton<ForwardAuthHandler>();
        services.AddSingleton<GrantedIdentity>();
        services.AddSingleton<IdentityNames>();
        services.AddSingleton<IProxyConfigFilter>(provider => provider.GetRequiredService<IdentityNames>());
        services.AddSingleton<ForwardAuthListener>();
        services.AddHostedService(provider => provider.GetRequiredService<ForwardAuthListener>());
        return services;
    }
}
