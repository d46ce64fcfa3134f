using Authdog.Identity.Login;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passkeys;

/// <summary>Registers passkeys.</summary>
internal static class PasskeyServices
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PasskeyOptions>()
            .Bind(configuration.GetSection(PasskeyOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<PasskeyOptions>, PasskeyOptions.Validator>();

        // The same store as everybody's, with one more question that UserManager can ask it.
        services.Replace(ServiceDescriptor.Scoped<IUserStore<User>, PasskeyUserStore>());
        services.AddSingleton<RelyingParties>();
        services.AddSingleton<PasskeyChallenges>();
        services.AddSingleton<AttestationRoots>();
        services.AddSingleton<AttestationVerifier>();
        services.AddScoped<PasskeyDirectory>();
        services.AddScoped<CeremonyHandlers>();
        services.AddScoped<PasskeyAssertions>();
        services.AddScoped<PasskeyRegistrations>();
        return services;
    }
}
