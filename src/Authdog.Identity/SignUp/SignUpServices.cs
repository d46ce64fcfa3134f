using Authdog.Identity.Login;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.SignUp;

/// <summary>Registers sign-up.</summary>
internal static class SignUpServices
{
    public static IServiceCollection AddSignUp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SignUpOptions>()
            .Bind(configuration.GetSection(SignUpOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignUpOptions>, SignUpOptions.Validator>();
        services.AddOptions<LoginOptions>().Configure<IOptions<SignUpOptions>>((login, signUp) => login.OfferSignUp = signUp.Value.Enabled);
        services.AddSingleton<PendingSignUps>();
        services.AddScoped<SignUpCeremony>();
        services.AddScoped<VerificationCeremony>();
        return services;
    }
}
