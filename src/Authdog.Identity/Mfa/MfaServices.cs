using Authdog.Identity.Login;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Authdog.Identity.Mfa;

/// <summary>Registers authenticator apps and recovery codes.</summary>
internal static class MfaServices
{
    public static IServiceCollection AddMfa(this IServiceCollection services)
    {
        services.AddSingleton<PendingAuthenticators>();
        services.AddScoped<Authenticators>();
        services.AddScoped<RecoveryCodes>();
        services.AddScoped<SecondFactorTries>();
        services.AddScoped<MfaNotices>();
        services.AddScoped<AuthenticatorSetup>();
        services.AddScoped<SecondStepsCeremony>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IAuthenticationMethod, TotpMethod>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IAuthenticationMethod, RecoveryCodeMethod>());
        return services;
    }
}
