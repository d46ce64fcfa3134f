using Authdog.Identity.Redis.Rates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Admission;

internal static class AdmissionServices
{
    public static IServiceCollection AddAdmission(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AdmissionOptions>()
            .Bind(configuration.GetSection(AdmissionOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<AdmissionOptions>, AdmissionOptions.Validator>();
        services.AddSingleton<WaitingLineStore>();
        services.AddSingleton<Tickets>();
        services.AddSingleton<AdmissionPace>();
        services.AddSingleton(provider => new AdmissionGate(
            provider.GetRequiredService<WaitingLineStore>(),
            provider.GetRequiredService<Tickets>(),
            provider.GetRequiredService<AdmissionPace>(),
            provider.GetRequiredService<RateLimits>(),
            provider.GetRequiredService<IOptions<AdmissionOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<WaitingRoom>();
        services.AddSingleton(static _ => new PageSlots(TimeProvider.System));
        return services;
    }
}
