using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passwords.Breaches;

/// <summary>Registers the look-up of leaked passwords.</summary>
internal static class BreachServices
{
    public static IServiceCollection AddBreaches(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BreachOptions>()
            .Bind(configuration.GetSection(BreachOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BreachOptions>, BreachOptions.Validator>());
        services.AddHttpClient(BreachRange.Client)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .RemoveAllLoggers();
        services.TryAddSingleton<BreachRange>();
        services.TryAddSingleton<LeakedPasswords>();
        return services;
    }
}
