using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Challenges;

internal static class ChallengeServices
{
    private const int MaxProviderAnswer = 16 * 1024;

    public static IServiceCollection AddChallenges(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ChallengeOptions>()
            .Bind(configuration.GetSection(ChallengeOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ChallengeOptions>, ChallengeOptions.Validator>();
        services.AddOptions<ExternalOptions>()
            .Bind(configuration.GetSection(ExternalOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ExternalOptions>, ExternalOptions.Validator>();
        services.AddHttpClient(ExternalChallenge.ClientName, client => client.MaxResponseContentBufferSize = MaxProviderAnswer)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) });
        services.AddSingleton<ExternalChallenge>();
        services.AddSingleton<FormTraps>();
        services.AddSingleton<ChallengeSeal>();
        services.AddSingleton<ChallengePasses>();
        services.AddSingleton<KeptForms>();
        services.AddSingleton<ChallengeTargets>();
        services.AddSingleton<ChallengeMetrics>();
        services.AddSingleton<ChallengeGate>();
        services.AddSingleton(provider => new RouteChallenges(
            provider.GetRequiredService<ChallengeGate>(),
            provider.GetRequiredService<ChallengePasses>(),
            provider.GetRequiredService<ChallengeTargets>(),
            provider.GetRequiredService<IOptions<ChallengeOptions>>()));
        services.AddScoped<ChallengeCodes>();
        services.AddScoped<ChallengeAnswers>();
        services.AddScoped<ChallengeCeremony>();
        return services;
    }
}
