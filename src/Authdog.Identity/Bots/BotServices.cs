using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Bots;

internal static class BotServices
{
    public static IServiceCollection AddBots(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SignalOptions>()
            .Bind(configuration.GetSection(SignalOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignalOptions>, SignalOptions.Validator>();

        // The edge registers its own in its place.
        services.TryAddSingleton(new BotScoring(static _ => BotScore.None));
        return services;
    }
}
