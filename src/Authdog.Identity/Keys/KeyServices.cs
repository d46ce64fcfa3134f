using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Authdog.Identity.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Keys;

internal static class KeyServices
{
    public static IServiceCollection AddKeys(this IServiceCollection services, IConfiguration configuration)
    {
        // Not bound strictly: the section has settings of other features.
        services.AddOptions<MasterKeyOptions>().Bind(configuration.GetSection(MasterKeyOptions.Section)).ValidateOnStart();
        services.AddOptions<KeyRotationOptions>()
            .Bind(configuration.GetSection(KeyRotationOptions.Section), o => o.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MasterKeyOptions>, MasterKeyOptions.Validator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KeyRotationOptions>, KeyRotationOptions.Validator>());

        services.TryAddSingleton<MasterKey>();
        services.TryAddSingleton(provider => new SecretProtector(provider.GetRequiredService<MasterKey>()));
        services.TryAddSingleton<SigningKeyRows>();
        services.TryAddSingleton(provider => new SigningKeyRing(
            provider.GetRequiredService<SigningKeyRows>(),
            provider.GetRequiredService<IOptions<KeyRotationOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<SigningKeyRefresh>();

        services.AddDataProtection().SetApplicationName("authdog");
        services.AddOptions<KeyManagementOptions>().Configure<IDbContextFactory<DirectoryContext>, SecretProtector>((ring, contexts, protector) =>
        {
            ring.XmlRepository = new DataProtectionKeyRepository(contexts);
            ring.XmlEncryptor = new ProtectedXmlEncryptor(protector);
        });
        return services;
    }
}
