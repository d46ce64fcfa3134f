using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge;

internal static class EdgeServices
{
    public static IServiceCollection AddEdge(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GatewayOptions>()
            .Bind(configuration.GetSection(GatewayOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptions.Validator>();
        services.AddSingleton<TrustedProxies>();
        services.AddSingleton<ReservedHeaders>();
        services.AddSingleton<HeaderHygiene>();
        services.AddSingleton<PublicUrl>();
        return services;
    }
}
