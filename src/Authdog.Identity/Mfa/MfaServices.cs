using Authdog.Identity.Accounts;
using Authdog.Identity.Login;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Users;
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
        services.AddScoped<AuthenticatorSetup>();
        services.AddScoped<SecondStepsCeremony>();
        services.AddScoped<ISecurityUndo, AuthenticatorUndo>();
        services.AddScoped<IPersonalRecords, MfaRecords>();
        services.AddSingleton(new AccountSection(PagePaths.SecondSteps, "SecondSteps.Title", "SecondSteps.Lead", Order: 30) { Parent = AccountPaths.Security, State = SecondStepsState.OfAsync });
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IAuthenticationMethod, TotpMethod>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IAuthenticationMethod, RecoveryCodeMethod>());
        return services;
    }
}
