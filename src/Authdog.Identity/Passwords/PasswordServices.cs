using Authdog.Identity.Admission;
using Authdog.Identity.Login;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passwords;

internal static class PasswordServices
{
    public static IServiceCollection AddPasswords(this IServiceCollection services, IConfiguration configuration)
    {
        // Not bound strictly: the section has parts of other features. The check of all settings refuses unknown keys.
        services.AddOptions<PasswordOptions>()
            .Bind(configuration.GetSection(PasswordOptions.Section))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PasswordOptions>, PasswordOptions.Validator>());
        services.TryAddSingleton(provider =>
        {
            var queue = new HashingQueue(provider.GetRequiredService<IOptions<PasswordOptions>>());
            if (provider.GetService<AdmissionPace>() is { } pace)
            {
                pace.Workload = () => new Workload(queue.PerSecond, queue.IsHalfFull);
            }

            return queue;
        });
        services.AddHttpContextAccessor();
        services.TryAddSingleton<CommonPasswords>();
        services.TryAddSingleton(provider => new PasswordHashing(
            provider.GetRequiredService<HashingQueue>(),
            provider.GetRequiredService<IOptions<PasswordOptions>>(),
            provider.GetService<AdmissionGate>(),
            provider.GetRequiredService<IHttpContextAccessor>()));
        services.AddTenantOptions<PasswordOptions>(PasswordOptions.Section);
        services.TryAddScoped(provider => new PasswordRules(provider.GetRequiredService<TenantOptions<PasswordOptions>>().Value, provider.GetRequiredService<CommonPasswords>()));
        services.TryAddScoped<NewPasswords>();
        services.AddSingleton(new LoginMethodName("password"));
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IAuthenticationMethod, PasswordMethod>());
        return services;
    }
}
