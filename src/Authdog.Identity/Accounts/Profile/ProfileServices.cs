using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>Registers the profile.</summary>
internal static class ProfileServices
{
    public static IServiceCollection AddProfile(this IServiceCollection services)
    {
        services.AddScoped<Pictures>();
        services.AddScoped<IPersonalRecords, PictureRecords>();
        services.AddScoped<ProfileCeremony>();
        services.AddScoped<PictureCeremony>();
        services.AddSingleton(new AccountSection(AccountPaths.Profile, "Profile.Title", "Profile.Summary", Order: 10));
        return services;
    }
}
