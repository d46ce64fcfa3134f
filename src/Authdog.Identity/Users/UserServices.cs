using Authdog.Identity.Keys;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Users;

internal static class UserServices
{
    public static IServiceCollection AddUsers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProfileOptions>()
            .Bind(configuration.GetSection(ProfileOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ProfileOptions>, ProfileOptions.Validator>());
        services.AddTenantOptions<ProfileOptions>(ProfileOptions.Section);
        services.TryAddScoped(static provider => new UserAttributes(provider.GetRequiredService<TenantOptions<ProfileOptions>>().Value));
        services.AddIdentityCore<User>(options =>
        {
            // EmailAddress has judged the name already; Identity's default alphabet refuses lawful addresses.
            options.User.AllowedUserNameCharacters = string.Empty;
            options.User.RequireUniqueEmail = true;
        }).AddUserStore<TenantUserStore>();
        services.Replace(ServiceDescriptor.Scoped<IPasswordHasher<User>, RefusingPasswordHasher>());
        services.TryAddScoped<RoleAssignments>();
        services.TryAddScoped<RoleDirectory>();
        services.TryAddScoped<GroupDirectory>();
        services.TryAddScoped<UserDirectory>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IPersonalRecords, DirectoryRecords>());
        services.TryAddScoped(provider => new Tombstones(provider.GetRequiredService<DirectoryContext>(), provider.GetRequiredService<MasterKey>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
