using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Users.Import;

/// <summary>Registers the import of users.</summary>
internal static class ImportServices
{
    public static IServiceCollection AddUserImport(this IServiceCollection services) => services.AddScoped<UserImport>();
}
