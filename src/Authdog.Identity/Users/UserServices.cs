using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Authdog.Identity.Users;

internal static class UserServices
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
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
        return services;
    }
}
