using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Storage;

internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>()
            .Bind(configuration.GetSection(DatabaseOptions.Section), o => o.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DatabaseOptions>, DatabaseOptions.Validator>());
        services.TryAddSingleton(new DataFolder(Path.GetFullPath(configuration["Gateway:DataPath"] ?? "data")));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IDbContextFactory<DirectoryContext>, DirectoryContextFactory>();
        services.TryAddSingleton<DirectoryMigrator>();
        return services;
    }
}
