using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.SignUp.Domains;

/// <summary>Registers the judgement of domains at sign-up.</summary>
internal static class SignUpDomainServices
{
    public static IServiceCollection AddSignUpDomains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SignUpDomainOptions>()
            .Bind(configuration.GetSection(SignUpDomainOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignUpDomainOptions>, SignUpDomainOptions.Validator>();
        services.AddTenantOptions<SignUpDomainOptions>(SignUpDomainOptions.Section);
        services.AddSingleton<DisposableDomains>();
        services.AddSingleton(provider => new DisposableDomainUpdate(provider.GetRequiredService<DisposableDomains>(), provider.GetRequiredService<DataFolder>()));
        services.AddSingleton<MailServers>();
        services.AddScoped<SignUpDomains>();
        return services;
    }
}
