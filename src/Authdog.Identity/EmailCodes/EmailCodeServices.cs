using Authdog.Identity.Login;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.EmailCodes;

/// <summary>Registers sign-in by mail.</summary>
internal static class EmailCodeServices
{
    public static IServiceCollection AddEmailCodes(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EmailCodeOptions>()
            .Bind(configuration.GetSection(EmailCodeOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<EmailCodeOptions>, EmailCodeOptions.Validator>();
        services.AddTenantOptions<EmailCodeOptions>(EmailCodeOptions.Section);
        services.AddSingleton(new LoginMethodName("email-code"));
        services.AddSingleton<SentCodes>();
        services.AddScoped<EmailCodeMethod>();
        services.AddScoped<IAuthenticationMethod>(provider => provider.GetRequiredService<EmailCodeMethod>());
        services.AddScoped<EmailLinkCeremony>();
        return services;
    }
}
