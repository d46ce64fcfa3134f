using Authdog.Identity.Login;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Passwords.Replacement;

/// <summary>Registers the replacement of leaked passwords.</summary>
internal static class LeakedPasswordServices
{
    public static IServiceCollection AddLeakedPasswords(this IServiceCollection services)
    {
        services.AddScoped<LeakedPasswordCeremony>();

        // Asked for when it is needed: the ceremony itself needs the methods, and the password's is one.
        services.AddScoped(provider => new LeakFound((context, user) => provider.GetRequiredService<LeakedPasswordCeremony>().FoundAsync(context, user)));
        services.AddScoped(_ => new LoginCondition(LeakedPasswordEndpoints.Path, LeakedPasswordCeremony.IsMetAsync));
        return services;
    }
}
